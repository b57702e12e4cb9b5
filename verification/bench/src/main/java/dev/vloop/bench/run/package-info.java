/** The programs that are measured, each in a JVM of its own. */
@NullMarked
package dev.vloop.bench.run;

import org.jspecify.annotations.NullMarked;
