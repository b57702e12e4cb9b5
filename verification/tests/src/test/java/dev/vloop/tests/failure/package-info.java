/** Rules 27 to 31: what becomes of failures. */
@NullMarked
package dev.vloop.tests.failure;

import org.jspecify.annotations.NullMarked;
