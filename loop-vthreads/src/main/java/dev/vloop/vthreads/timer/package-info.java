/** The one timer of the real machine, under all waits and alarms. It knows nothing of loops. */
@NullMarked
package dev.vloop.vthreads.timer;

import org.jspecify.annotations.NullMarked;
