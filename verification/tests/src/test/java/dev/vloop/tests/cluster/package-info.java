/** Rule 40: loops that run once per cluster, on a cluster in memory. */
@NullMarked
package dev.vloop.tests.cluster;

import org.jspecify.annotations.NullMarked;
