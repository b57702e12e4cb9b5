/**
 * The two engines of virtual time, and what they share. Not exported: {@code dev.vloop.testkit} calls it, and it never calls back.
 *
 * <p>Begin with {@link dev.vloop.testkit.engine.VirtualHost}, then {@code CooperativeHost} with {@code Baton} and {@code CoopScheduler},
 * or {@code ExactHost} with {@code ExactPump} and {@code Carrier}.
 *
 * <ul>
 *   <li><b>The door.</b> {@code Engines} makes hosts; {@code VirtualHost} is what both promise; {@code HostSettings}.
 *   <li><b>Cooperative engine.</b> {@code CooperativeHost}; {@code CoopWaits} (a thread gives up the baton and gets it back);
 *       {@code Baton} (the lock around the scheduler); {@code CoopScheduler} (who comes next, what time it is); {@code CoopNode} (a
 *       thread) with {@code Turn} (its wait) and {@code InterruptHook}; {@code CoopWatch} (finds what is blocked elsewhere).
 *   <li><b>Exact engine.</b> {@code ExactHost}; {@code ExactWaits} (sleep and park); {@code ExactPump} (what comes next, when time
 *       moves); {@code Carrier} (runs threads, one at a time); {@code ExactThreads} and {@code ExactNode}; {@code ExactTimers};
 *       {@code Elsewhere} (blocked in the JDK) with {@code RealWaits}, {@code RealTimer}, {@code MonitorFlush},
 *       {@code LockHolders} and {@code LockOwners} (who blocks it); {@code ExactWatch};
 *       {@code VirtualThreads} (the way into the JDK); {@code ExactAccess} (what this JVM offers), {@code SocketPollers},
 *       {@code ExactProbe} (its self-test, run by {@code Probe}).
 *   <li><b>Deep time</b>, of the exact engine. {@code DeepAgent} (the way to {@code loop-testkit-agent}, if it is there), {@code DeepTime}
 *       (what its rewritten code is told in one test), {@code DeepProbe} (its self-test).
 *   <li><b>Shared by both.</b> {@code AbstractVirtualHost}, {@code WallClock}, {@code ExternalWork}, {@code Timers} and
 *       {@code VirtualTimer}, {@code RunQueue}, {@code Chance} (seeds), {@code TestWait}, {@code TestOver}, {@code InterruptHook}.
 *   <li><b>What a test is told.</b> {@code VirtualTimeError} (the kinds) and {@code Diagnosis} (their texts); {@code Misuse} (refusals);
 *       {@code TestWatch} (the test's own thread is blocked); {@code Frames}; the data {@code ThreadReport},
 *       {@code Uncaught}, {@code RealWait}, {@code RealDelay}, {@code LongWait}, {@code OutsideWake}.
 * </ul>
 *
 * <p>The engines do not know each other. A host calls its waits, these call the scheduler or the pump, and nothing calls the host but its
 * callbacks. Everything may call the shared rooms and the last one.
 *
 * <p>Another error while time moves: a constant of {@code VirtualTimeError.Kind} (the compiler then leads to {@code leavesOrder} and to the
 * texts in {@code Diagnosis}), thrown by whoever notices it: {@code CoopScheduler} or {@code CoopWatch}, and {@code ExactPump} or
 * {@code ExactWatch}; and its row in docs/testing.md. Another engine: a {@code VirtualHost}, best on {@code AbstractVirtualHost}, in this
 * package, and a method of {@code Engines}. {@code TestWatch} and {@code Frames} know every class of this package.
 */
@NullMarked
package dev.vloop.testkit.engine;

import org.jspecify.annotations.NullMarked;
