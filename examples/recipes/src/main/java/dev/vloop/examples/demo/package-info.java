/** The demo: a small bot whose network and database fail, and which loses nothing. */
@NullMarked
package dev.vloop.examples.demo;

import org.jspecify.annotations.NullMarked;
