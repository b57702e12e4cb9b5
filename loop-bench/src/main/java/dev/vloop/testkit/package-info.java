/** Reaches what the testkit does not offer yet. */
@NullMarked
package dev.vloop.testkit;

import org.jspecify.annotations.NullMarked;
