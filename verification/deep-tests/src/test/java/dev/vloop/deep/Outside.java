package dev.vloop.deep;

import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;

/** Does things on a thread that belongs to no test. */
final class Outside {
    private Outside() {}

    static <T> T ask(Callable<T> question) throws Exception {
        return ForkJoinPool.commonPool().submit(question).get();
    }

    /** {@return the real time in nanoseconds} */
    static long nanoTime() throws Exception {
        return ask(System::nanoTime);
    }
}
