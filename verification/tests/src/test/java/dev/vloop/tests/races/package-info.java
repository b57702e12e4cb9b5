/** What goes on at once: races found by review, repeat tests in real time, whole processes, memory. */
@NullMarked
package dev.vloop.tests.races;

import org.jspecify.annotations.NullMarked;
