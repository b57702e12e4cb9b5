package dev.vloop.vthreads;

import dev.vloop.Chain;

/** A chain that goes on at most once, on the thread that made it, and not after what got it has returned. */
abstract class GuardedChain implements Chain {
    private final Thread thread = Thread.currentThread();

    /** Whether {@link #proceed} was called, or must not be called any more. */
    private boolean proceeded;

    @Override
    public final void proceed() throws Exception {
        if (Thread.currentThread() != thread || proceeded) {
            throw new IllegalStateException(refusal());
        }
        StackRoom.require(); // what got this chain may have recursed, and the engine's own code is within
        proceeded = true;
        goOn();
    }

    /** What got this chain has returned. One that keeps it must not begin anything later. */
    final void end() {
        proceeded = true;
    }

    /** Runs the rest of the chain. */
    abstract void goOn() throws Exception;

    /** {@return what is said to those who go on where they must not} */
    abstract String refusal();
}
