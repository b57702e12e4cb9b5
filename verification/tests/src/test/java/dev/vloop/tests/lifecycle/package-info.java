/** Rules 1 to 12: how loops begin, go on and end. */
@NullMarked
package dev.vloop.tests.lifecycle;

import org.jspecify.annotations.NullMarked;
