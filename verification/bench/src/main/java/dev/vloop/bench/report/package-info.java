/** Makes tables and pictures of what was measured. */
@NullMarked
package dev.vloop.bench.report;

import org.jspecify.annotations.NullMarked;
