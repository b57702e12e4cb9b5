package dev.vloop.bench.peers;

/** One way to have many loops. Used by one thread. */
public interface Contender {
    /**
     * Starts a loop. It runs its body after the delay, and then at a fixed rate until it is cancelled.
     *
     * @param index which loop this is; each is started once
     * @param delay nanoseconds until the first run of the body, may be 0
     * @param period nanoseconds
     * @param body is quick and never throws
     */
    void start(int index, long delay, long period, Runnable body);

    /**
     * Cancels all loops and waits until none of them runs any more.
     *
     * @throws Exception if that fails
     */
    void cancelAll() throws Exception;
}
