package dev.vloop;

/** The rest of a chain: what an interceptor, or the context of a fork, is put around. */
@FunctionalInterface
public interface Chain {
    /**
     * Goes on. Called at most once, on the thread that got this chain, before what got it returns.
     *
     * @throws Exception what the code within has thrown
     * @throws IllegalStateException if it was called before, or on another thread, or what got this chain has returned
     */
    void proceed() throws Exception;
}
