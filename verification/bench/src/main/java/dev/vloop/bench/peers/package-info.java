/** The ways to have many loops that are compared. */
@NullMarked
package dev.vloop.bench.peers;

import org.jspecify.annotations.NullMarked;
