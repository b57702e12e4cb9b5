/** Keeps the measured values, and makes tables and a picture of them. */
@NullMarked
package dev.vloop.bench.report;

import org.jspecify.annotations.NullMarked;
