/** The programs that measure. Each runs in a JVM of its own. */
@NullMarked
package dev.vloop.bench.run;

import org.jspecify.annotations.NullMarked;
