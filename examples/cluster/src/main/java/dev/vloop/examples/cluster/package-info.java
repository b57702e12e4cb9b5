/** The code of docs/cluster.md, and a demo, {@code mvn -q -Pdemo-cluster verify}: three instances that share loops, in one terminal. */
@NullMarked
package dev.vloop.examples.cluster;

import org.jspecify.annotations.NullMarked;
