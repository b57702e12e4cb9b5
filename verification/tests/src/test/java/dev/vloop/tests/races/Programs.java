package dev.vloop.tests.races;

import dev.vloop.Forked;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.logging.LogManager;

/** Programs of a few lines, each to be run in a JVM of its own. */
final class Programs {
    private static final Duration LONG = Duration.ofHours(1);

    private Programs() {}

    static final class MainReturns {
        public static void main(String[] arguments) {
            CountDownLatch said = new CountDownLatch(1);
            VirtualLoops.create()
                    .loop("three")
                    .every(Duration.ofMillis(20))
                    .count(3)
                    .afterLoop(end -> System.out.println("ended " + end))
                    .start(iteration -> said.await());
            System.out.println("main is over");
            said.countDown();
        }
    }

    /** Its first loops end, and so does the thread that kept the JVM alive for them. */
    static final class MainReturnsLater {
        public static void main(String[] arguments) throws InterruptedException {
            CountDownLatch said = new CountDownLatch(1);
            LoopRuntime loops = VirtualLoops.create();
            for (int i = 0; i < 2; i++) {
                LoopEnd unused = loops.loop("short")
                        .every(LONG)
                        .count(1)
                        .start(iteration -> {})
                        .join();
                for (Thread thread : Thread.getAllStackTraces().keySet()) {
                    if (thread.getName().endsWith("-keep-alive")) {
                        thread.join();
                    }
                }
            }
            loops.loop("three")
                    .every(Duration.ofMillis(20))
                    .count(3)
                    .afterLoop(end -> System.out.println("ended " + end))
                    .start(iteration -> said.await());
            System.out.println("main is over");
            said.countDown();
        }
    }

    static final class MakesARuntime {
        public static void main(String[] arguments) {
            try (LoopRuntime loops = VirtualLoops.create()) {
                System.out.println("made " + loops);
            } catch (IllegalArgumentException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }

    /** The second start is refused. */
    static final class StartsTwice {
        public static void main(String[] arguments) {
            CountDownLatch said = new CountDownLatch(1);
            Loop loop = VirtualLoops.create()
                    .loop("twice")
                    .every(Duration.ofMillis(20))
                    .count(3)
                    .afterLoop(end -> System.out.println("ended " + end))
                    .start(iteration -> said.await());
            try {
                loop.start();
            } catch (IllegalStateException e) {
                System.out.println("refused");
            } finally {
                said.countDown();
            }
        }
    }

    static final class NotKeptAlive {
        public static void main(String[] arguments) {
            VirtualLoops.builder()
                    .keepAlive(false)
                    .create()
                    .loop("idle")
                    .every(LONG)
                    .afterLoop(end -> System.out.println("ended " + end))
                    .start(iteration -> {});
            System.out.println("main is over");
        }
    }

    static final class Flushes {
        public static void main(String[] arguments) {
            LoopRuntime loops = VirtualLoops.create();
            loops.shutdownOnExit(Duration.ofMillis(100), () -> System.out.println("then"));
            loops.loop("peaceful")
                    .every(LONG)
                    .afterLoop(end -> System.out.println("flushed peaceful " + end))
                    .start(iteration -> System.out.println("ready"));
            loops.loop("busy")
                    .every(LONG)
                    .afterLoop(end -> System.out.println("flushed busy " + end))
                    .start(iteration -> {
                        System.out.println("ready");
                        iteration.sleep(LONG);
                    });
        }
    }

    static final class ExitsInBody {
        public static void main(String[] arguments) {
            LoopRuntime loops = VirtualLoops.create();
            loops.shutdownOnExit(Duration.ofMillis(100), () -> System.out.println("then"));
            loops.loop("peaceful")
                    .every(LONG)
                    .afterLoop(end -> System.out.println("flushed peaceful " + end))
                    .start(iteration -> {});
            loops.loop("exits").every(LONG).start(iteration -> System.exit(3));
        }
    }

    /** A plugin, with a class loader of its own, asks for what is to be run at the end. */
    static final class AsksAsAPlugin {
        public static void main(String[] arguments) {
            ClassLoader own = new ClassLoader() {};
            ClassLoader before = Thread.currentThread().getContextClassLoader();
            Thread.currentThread().setContextClassLoader(own);
            VirtualLoops.create()
                    .shutdownOnExit(
                            Duration.ofMillis(100),
                            () -> System.out.println("then, with its loader "
                                    + (Thread.currentThread().getContextClassLoader() == own)));
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Loops that never wait, on one carrier, and one that wants to run every now and then. */
    static final class AlwaysLate {
        public static void main(String[] arguments) throws InterruptedException {
            LogManager.getLogManager().reset(); // a loop that retries at once would fill it
            LoopRuntime loops = VirtualLoops.create();
            loops.loop("late").every(Duration.ofNanos(1)).start(iteration -> {});
            loops.loop("late, too").every(Duration.ofNanos(1)).start(iteration -> {});
            loops.loop("retries")
                    .every(LONG)
                    .backoff((failure, random) -> Duration.ZERO)
                    .start(iteration -> {
                        throw new IOException("again");
                    });
            Loop third =
                    loops.loop("third").every(Duration.ofMillis(10)).count(50).start(iteration -> {});
            System.out.println("third: " + third.join(Duration.ofSeconds(30)));
            Runtime.getRuntime().halt(0);
        }
    }

    static final class Structured {
        public static void main(String[] arguments) throws IOException {
            LoopRuntime loops = VirtualLoops.builder().name("bot").create();
            loops.loop("waits").every(LONG).initialDelay(LONG).start(iteration -> {});
            loops.loop("forks").every(LONG).start(iteration -> {
                Forked<Void> outer = iteration.fork(() -> {
                    Forked<Void> inner = iteration.fork(() -> {
                        System.out.println("ready");
                        loops.clock().sleep(LONG);
                        return null;
                    });
                    return inner.get();
                });
                outer.get();
            });
            int unused = System.in.read(); // until the test closes it
            loops.close();
        }
    }
}
