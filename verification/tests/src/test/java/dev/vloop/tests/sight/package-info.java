/** Rules 35 to 37: what loops tell of themselves, and what they refuse. */
@NullMarked
package dev.vloop.tests.sight;

import org.jspecify.annotations.NullMarked;
