/** The engine: {@link dev.vloop.vthreads.VirtualLoops} makes runtimes whose loops are virtual threads. */
@NullMarked
package dev.vloop.vthreads;

import org.jspecify.annotations.NullMarked;
