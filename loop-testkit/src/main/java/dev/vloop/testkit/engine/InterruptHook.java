package dev.vloop.testkit.engine;

import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.spi.AbstractInterruptibleChannel;

/**
 * Calls back, on the interrupting thread and before {@link Thread#interrupt()} returns, when the thread between {@link
 * #enter} and {@link #leave} is interrupted. The JDK offers this to channels alone, so this is one, without anything
 * behind it.
 *
 * <p>Without it an interrupted thread would have to notice by itself, in its own real time, while virtual time moves
 * on.
 */
final class InterruptHook extends AbstractInterruptibleChannel {
    private final Runnable interrupted;

    InterruptHook(Runnable interrupted) {
        this.interrupted = interrupted;
    }

    /** Begins; calls back at once if the thread is interrupted already. */
    void enter() {
        begin();
    }

    /** Ends. The hook is spent, and {@link #isOpen} false, if it has called back. */
    void leave() {
        try {
            end(true);
        } catch (ClosedByInterruptException e) {
            // the interrupt flag says it better
        } catch (java.nio.channels.AsynchronousCloseException e) {
            throw new IllegalStateException("nobody closes the hook but an interrupt", e);
        }
    }

    @Override
    protected void implCloseChannel() {
        interrupted.run();
    }
}
