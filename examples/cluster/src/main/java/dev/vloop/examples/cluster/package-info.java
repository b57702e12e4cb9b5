/** Three instances that share loops, in one terminal: {@code mvn -q -Pdemo-cluster verify}. */
@NullMarked
package dev.vloop.examples.cluster;

import org.jspecify.annotations.NullMarked;
