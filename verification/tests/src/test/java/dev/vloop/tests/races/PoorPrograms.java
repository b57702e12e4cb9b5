package dev.vloop.tests.races;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Programs that run out of threads, and then have some again. */
final class PoorPrograms {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private PoorPrograms() {}

    /** Takes all threads that can be had. */
    private static final class Hog {
        private final CountDownLatch released = new CountDownLatch(1);
        private final List<Thread> threads = new ArrayList<>();

        Hog() {
            try {
                while (true) {
                    Thread thread = new Thread(this::waitForRelease);
                    thread.setDaemon(true);
                    thread.start();
                    threads.add(thread);
                }
            } catch (OutOfMemoryError e) {
                System.out.println("out of threads");
            }
        }

        private void waitForRelease() {
            try {
                released.await();
            } catch (InterruptedException e) {
                // ends
            }
        }

        void release() throws InterruptedException {
            released.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private static void tryToStart(LoopRuntime loops, String name) {
        try {
            Loop loop = loops.loop(name).every(LONG).start(iteration -> {});
            System.out.println(name + " started");
            loop.cancel();
        } catch (OutOfMemoryError e) {
            Loop left = loops.find(name);
            System.out.println(name + " refused, " + (left != null && left.isRunning() ? "running" : "idle"));
        }
    }

    private static void works(LoopRuntime loops) throws InterruptedException {
        Loop loop = loops.loop("works").every(Duration.ofMillis(1)).count(3).start(iteration -> {});
        System.out.println("ended " + loop.join(LIMIT));
        loops.close();
        System.out.println("closed");
    }

    /** Its first start meets no thread. */
    static final class FirstStart {
        public static void main(String[] arguments) throws InterruptedException {
            LoopRuntime loops = VirtualLoops.create();
            VirtualLoops.scopes(); // is chosen once, with threads
            Hog hog = new Hog();
            for (int i = 0; i < 5; i++) {
                tryToStart(loops, "poor " + i);
            }
            hog.release();
            works(loops);
        }
    }

    /** Has a loop already, which first waits for a time when there are no threads. */
    static final class FirstWait {
        public static void main(String[] arguments) throws InterruptedException {
            LoopRuntime loops = VirtualLoops.create();
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch poor = new CountDownLatch(1);
            Loop loop = loops.loop("waits")
                    .every(Duration.ofMillis(10))
                    .count(5)
                    .start(iteration -> {
                        begun.countDown();
                        poor.await();
                    });
            begun.await();
            Hog hog = new Hog();
            poor.countDown();
            System.out.println("in need " + loop.join(LIMIT));
            hog.release();
            works(loops);
        }
    }

    /** Has loops already; cancels and closes without a thread. */
    static final class CancelAndClose {
        public static void main(String[] arguments) throws InterruptedException {
            LoopRuntime loops = VirtualLoops.create();
            LoopRuntime others = VirtualLoops.create();
            Loop busy = loops.loop("busy").every(LONG).start(iteration -> iteration.sleep(LONG));
            CountDownLatch begun = new CountDownLatch(1);
            for (int i = 0; i < 10; i++) {
                others.loop("other " + i).every(LONG).start(iteration -> {
                    begun.countDown();
                    iteration.sleep(LONG);
                });
            }
            begun.await();
            Hog hog = new Hog();
            busy.cancel();
            System.out.println("ended " + busy.join(LIMIT));
            others.close();
            System.out.println("others closed");
            hog.release();
            works(loops);
        }
    }

    /** Has a loop that never waits, so that it gives way, while there is no thread, from its start on. */
    static final class GivesWay {
        public static void main(String[] arguments) throws InterruptedException {
            Thread.ofVirtual().start(() -> {}).join(); // so that there is a carrier
            Hog hog = new Hog();
            LoopRuntime loops = VirtualLoops.builder().keepAlive(false).create();
            long end = System.nanoTime() + 100_000_000L;
            Loop loop = loops.loop("never waits").every(Duration.ofNanos(1)).start(iteration -> {
                if (System.nanoTime() > end) {
                    iteration.loop().stop();
                }
            });
            System.out.println("in need " + (loop.join(LIMIT) == null ? "lost" : "ended"));
            hog.release();
            works(loops);
        }
    }
}
