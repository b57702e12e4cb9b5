/** Starts the measurements, and makes the report. */
@NullMarked
package dev.vloop.bench;

import org.jspecify.annotations.NullMarked;
