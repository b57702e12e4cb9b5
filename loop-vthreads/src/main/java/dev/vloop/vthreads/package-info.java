/** Loops on virtual threads: the implementation of Vloop's API. {@link dev.vloop.vthreads.VirtualLoops} is all there is to see. */
@NullMarked
package dev.vloop.vthreads;

import org.jspecify.annotations.NullMarked;
