package dev.vloop.tests.races;

import dev.vloop.Iteration;
import dev.vloop.IterationOutcome;
import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopListener;
import dev.vloop.LoopRuntime;
import dev.vloop.Reaction;
import dev.vloop.Schedule;
import dev.vloop.vthreads.VirtualLoops;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Programs that end, each to be run in a JVM of its own. */
final class EndOfJvmPrograms {
    private static final Duration LONG = Duration.ofHours(1);

    private EndOfJvmPrograms() {}

    /** A place in which a user's code may call {@code System.exit}. */
    enum Place {
        BEFORE_LOOP,
        BODY,
        FORK,
        OVERLAPPING,
        SCHEDULE,
        BACKOFF,
        REACTION,
        ON_FAILURE,
        AFTER_LOOP,
        LISTENER_START,
        LISTENER_ITERATION,
        LISTENER_ATTEMPT,
        LISTENER_ATTEMPT_END,
        LISTENER_ITERATION_END,
        LISTENER_FAILURE,
        LISTENER_END
    }

    /** Calls System.exit once more when the loops have ended. */
    static final class ExitsThen {
        public static void main(String[] arguments) {
            LoopRuntime loops = VirtualLoops.create();
            loops.shutdownOnExit(Duration.ofSeconds(5), () -> {
                System.out.println("then");
                System.exit(4);
            });
            loops.loop("peaceful")
                    .every(LONG)
                    .afterLoop(end -> System.out.println("flushed"))
                    .start(iteration -> System.out.println("ready"));
        }
    }

    /** Exits from the place that the system property names; when told so, not before the JVM has begun to end. */
    static final class ExitsFrom {
        private static final Place PLACE = Place.valueOf(System.getProperty("place"));
        private static final boolean LATE = Boolean.getBoolean("late");
        private static final CountDownLatch ENDING = new CountDownLatch(1);

        public static void main(String[] arguments) {
            LoopRuntime loops = VirtualLoops.builder().listener(new Listener()).create();
            loops.shutdownOnExit(Duration.ofSeconds(5), () -> System.out.println("then"));
            Runtime.getRuntime().addShutdownHook(new Thread(ENDING::countDown));
            loops.loop("peaceful")
                    .every(LONG)
                    .afterLoop(end -> System.out.println("flushed"))
                    .start(iteration -> System.out.println("ready"));
            loops.loop("exits")
                    .maxConcurrent(PLACE == Place.OVERLAPPING ? 3 : 1)
                    .schedule(PLACE == Place.SCHEDULE ? at -> exit(Place.SCHEDULE, at.now()) : Schedule.every(LONG))
                    .beforeLoop(() -> exit(Place.BEFORE_LOOP, null))
                    .on(Exception.class, e -> exit(Place.REACTION, failing() ? Reaction.RETRY : Reaction.FAIL))
                    .backoff((failure, random) -> exit(Place.BACKOFF, LONG))
                    .onFailure(failure -> exit(Place.ON_FAILURE, null))
                    .afterLoop(end -> exit(Place.AFTER_LOOP, null))
                    .count(PLACE == Place.AFTER_LOOP || PLACE == Place.LISTENER_END ? 1 : Long.MAX_VALUE)
                    .start(ExitsFrom::body);
        }

        private static boolean failing() {
            return PLACE == Place.BACKOFF;
        }

        private static void body(Iteration iteration) throws Exception {
            exit(Place.BODY, null);
            exit(Place.OVERLAPPING, null);
            if (PLACE == Place.FORK) {
                iteration.fork(() -> exit(Place.FORK, null)).get();
            }
            if (PLACE == Place.REACTION
                    || PLACE == Place.BACKOFF
                    || PLACE == Place.ON_FAILURE
                    || PLACE == Place.LISTENER_FAILURE) {
                throw new Exception("so that it is judged");
            }
        }

        private static <T extends @Nullable Object> T exit(Place place, T otherwise) {
            if (place == PLACE && Thread.currentThread().isVirtual()) {
                if (LATE) {
                    System.out.println("in place");
                    awaitEnding();
                }
                System.exit(3);
            }
            return otherwise;
        }

        private static void awaitEnding() {
            while (true) {
                try {
                    ENDING.await();
                    return;
                } catch (InterruptedException e) {
                    // it waits for the end of the JVM, whatever else happens
                }
            }
        }

        private static final class Listener implements LoopListener {
            private static void at(Loop loop, Place place) {
                if (loop.name().equals("exits")) {
                    exit(place, null);
                }
            }

            @Override
            public void onStart(Loop loop) {
                at(loop, Place.LISTENER_START);
            }

            @Override
            public void onIteration(Iteration iteration) {
                at(iteration.loop(), Place.LISTENER_ITERATION);
            }

            @Override
            public void onAttempt(Iteration attempt) {
                at(attempt.loop(), Place.LISTENER_ATTEMPT);
            }

            @Override
            public void onAttemptEnd(Iteration attempt, Duration took, @Nullable LoopFailure failure) {
                at(attempt.loop(), Place.LISTENER_ATTEMPT_END);
            }

            @Override
            public void onIterationEnd(Iteration last, IterationOutcome outcome, Duration took) {
                at(last.loop(), Place.LISTENER_ITERATION_END);
            }

            @Override
            public void onFailure(LoopFailure failure) {
                at(failure.loop(), Place.LISTENER_FAILURE);
            }

            @Override
            public void onEnd(Loop loop, LoopEnd end) {
                at(loop, Place.LISTENER_END);
            }
        }
    }

    /** Is closed, and then ends: nothing of its runtime is called. */
    static final class ClosedBefore {
        public static void main(String[] arguments) {
            LoopRuntime loops = VirtualLoops.create();
            loops.shutdownOnExit(Duration.ofSeconds(1), () -> System.out.println("then"));
            loops.close();
            LoopRuntime left = VirtualLoops.create();
            left.close();
            left.shutdownOnExit(Duration.ofSeconds(1), () -> System.out.println("then of a closed one"));
            System.out.println("main is over");
        }
    }

    /** Closes its runtime in a hook of its own, while a body waits in System.exit. */
    static final class ClosedInAHook {
        public static void main(String[] arguments) {
            LoopRuntime loops = VirtualLoops.create();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                loops.close();
                System.out.println("closed");
            }));
            loops.loop("exits").every(LONG).start(iteration -> System.exit(3));
        }
    }

    /** Logs during SIGTERM, by java.util.logging. */
    static final class LogsAtExit {
        public static void main(String[] arguments) {
            LoopRuntime loops = VirtualLoops.builder().name("bot").create();
            loops.shutdownOnExit(Duration.ofSeconds(1), () -> {});
            LoopBuilder busy = loops.loop("busy").every(LONG).afterLoop(end -> {
                throw new IllegalStateException("cannot flush");
            });
            busy.start(iteration -> {
                System.out.println("ready");
                iteration.sleep(LONG);
            });
        }
    }

    /** A bot that is never ready, and one that waits for a network. */
    static final class NeverReady {
        public static void main(String[] arguments) {
            LoopRuntime loops = VirtualLoops.create();
            loops.shutdownOnExit(Duration.ofMinutes(10), () -> System.out.println("then"));
            loops.loop("never ready")
                    .every(LONG)
                    .beforeLoop(() -> {
                        System.out.println("ready");
                        Thread.sleep(LONG);
                    })
                    .afterLoop(end -> System.out.println("never ready " + end))
                    .start(iteration -> {});
            loops.loop("no network")
                    .every(LONG)
                    .backoff((failure, random) -> LONG)
                    .afterLoop(end -> System.out.println("no network " + end))
                    .start(iteration -> {
                        System.out.println("ready");
                        throw new IOException("no network " + new Random().nextInt());
                    });
        }
    }

    /** A body waits, deaf to interrupts, for another thread that exits. That thread waits for the end of the JVM. */
    static final class ExitsByAnother {
        public static void main(String[] arguments) {
            LoopRuntime loops = VirtualLoops.create();
            loops.shutdownOnExit(Duration.ofMillis(100), () -> System.out.println("then"));
            loops.loop("deaf").every(LONG).start(iteration -> {
                CompletableFuture.runAsync(() -> System.exit(3)).join();
            });
        }
    }

    /** Exits in a body, while that of another loop goes on for a while. Its grace is longer than anybody would wait. */
    static final class ExitsBeside {
        public static void main(String[] arguments) {
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch ending = new CountDownLatch(1);
            LoopRuntime loops = VirtualLoops.create();
            loops.shutdownOnExit(LONG, () -> System.out.println("then"));
            Runtime.getRuntime().addShutdownHook(new Thread(ending::countDown));
            loops.loop("later")
                    .every(LONG)
                    .afterLoop(end -> System.out.println("flushed " + end))
                    .start(iteration -> {
                        running.countDown();
                        ending.await();
                        Thread.sleep(300); // the shutdown has looked by then, and found the body that exits
                    });
            loops.loop("exits").every(LONG).start(iteration -> {
                running.await();
                System.exit(3);
            });
        }
    }
}
