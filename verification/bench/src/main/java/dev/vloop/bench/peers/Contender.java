package dev.vloop.bench.peers;

/** One way to run many loops. For use by one thread. */
public interface Contender {
    /**
     * Starts a loop. It runs its body after the delay, and then at a fixed rate until it is cancelled.
     *
     * @param index the number of the loop, from 0; each loop is started once
     * @param delay nanoseconds until the body runs first; may be 0
     * @param period nanoseconds from one run of the body to the next
     * @param body must be quick and must not throw
     */
    void start(int index, long delay, long period, Runnable body);

    /**
     * Cancels all loops and waits until none runs any more.
     *
     * @throws Exception if that fails
     */
    void cancelAll() throws Exception;
}
