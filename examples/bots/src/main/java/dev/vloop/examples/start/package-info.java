/** The programs of docs/start.md. */
@NullMarked
package dev.vloop.examples.start;

import org.jspecify.annotations.NullMarked;
