/** Slots of the wall clock, and what becomes of them when it is changed. */
package dev.vloop.tests.wallclock;
