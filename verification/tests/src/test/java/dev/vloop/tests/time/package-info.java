/** Rules 14 to 26: when iterations are due. */
@NullMarked
package dev.vloop.tests.time;

import org.jspecify.annotations.NullMarked;
