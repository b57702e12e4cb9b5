/**
 * Starts the measurements and makes the report. {@code Bench} is the main class, {@code Measure} lists what is measured, and {@code Child}
 * starts a JVM for it. What runs there is in {@code run}, what is compared in {@code peers}; {@code report} has the targets and writes
 * docs/performance.md.
 */
@NullMarked
package dev.vloop.bench;

import org.jspecify.annotations.NullMarked;
