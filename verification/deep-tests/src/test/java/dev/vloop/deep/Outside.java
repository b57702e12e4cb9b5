package dev.vloop.deep;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Does things on a thread that belongs to no test. */
final class Outside {
    private Outside() {}

    static <T> T ask(Callable<T> question) throws Exception {
        FutureTask<T> task = new FutureTask<>(question);
        Thread.ofPlatform().start(task);
        return task.get(); // a wait for a fork-join pool could run another test on this thread meanwhile
    }

    /** {@return the real time in nanoseconds} */
    static long nanoTime() throws Exception {
        return ask(System::nanoTime);
    }
}
