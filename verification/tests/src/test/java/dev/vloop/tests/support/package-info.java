/** What the tests of the rules share. */
@NullMarked
package dev.vloop.tests.support;

import org.jspecify.annotations.NullMarked;
