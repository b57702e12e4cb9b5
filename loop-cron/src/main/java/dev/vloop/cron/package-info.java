/** Cron expressions as schedules. */
@NullMarked
package dev.vloop.cron;

import org.jspecify.annotations.NullMarked;
