package dev.vloop.testkit.engine;

import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.spi.AbstractInterruptibleChannel;

/**
 * Calls back when a thread is interrupted between {@link #enter} and {@link #leave}: on the interrupting thread, and before {@link
 * Thread#interrupt()} returns. The JDK offers this only to channels, so this is a channel, with nothing behind it.
 *
 * <p>Without it an interrupted thread would have to notice the interrupt by itself, in real time, while virtual time moves on.
 */
final class InterruptHook extends AbstractInterruptibleChannel {
    private final Runnable interrupted;

    InterruptHook(Runnable interrupted) {
        this.interrupted = interrupted;
    }

    /** Begins. Calls back at once if the current thread is interrupted already. */
    void enter() {
        begin();
    }

    /** Ends. A hook that has called back is used up, and {@link #isOpen} is false then. */
    void leave() {
        try {
            end(true);
        } catch (ClosedByInterruptException e) {
            // the interrupt flag is set, and says it
        } catch (java.nio.channels.AsynchronousCloseException e) {
            throw new IllegalStateException("nobody closes the hook but an interrupt", e);
        }
    }

    @Override
    protected void implCloseChannel() {
        interrupted.run();
    }
}
