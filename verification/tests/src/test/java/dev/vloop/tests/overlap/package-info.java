/** Iterations that overlap where a loop asks for it. */
package dev.vloop.tests.overlap;
