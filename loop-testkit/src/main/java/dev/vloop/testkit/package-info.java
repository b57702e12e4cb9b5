/** Tests of loops in virtual time: a week passes in milliseconds, and ends the same way every time. */
@NullMarked
package dev.vloop.testkit;

import org.jspecify.annotations.NullMarked;
