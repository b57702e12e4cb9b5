/** What is compared: ways to run many loops, and ways to run them in virtual time. */
@NullMarked
package dev.vloop.bench.peers;

import org.jspecify.annotations.NullMarked;
