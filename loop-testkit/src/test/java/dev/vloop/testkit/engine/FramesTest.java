package dev.vloop.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The place that a message names is where its reader can do something. */
class FramesTest {
    private static final StackTraceElement OURS =
            new StackTraceElement("dev.vloop.testkit.engine.Carrier", "submit", "Carrier.java", 1);
    private static final StackTraceElement JDK = new StackTraceElement(
            "java.util.concurrent.CompletableFuture", "postComplete", "CompletableFuture.java", 2);
    private static final StackTraceElement USERS = new StackTraceElement("com.acme.Bot", "answer", "Bot.java", 3);

    @Test
    void it_is_the_innermost_frame_of_the_user() {
        assertThat(Frames.place(List.of(OURS, JDK, USERS))).isEqualTo("com.acme.Bot.answer (Bot.java:3)");
    }

    @Test
    void where_no_frame_is_the_users_it_is_one_of_the_jdk_and_never_ours() {
        assertThat(Frames.place(List.of(OURS, JDK))).isEqualTo(JDK.toString());
        assertThat(Frames.place(List.of(OURS, frame("java.lang.VirtualThread", "unpark"), JDK)))
                .isEqualTo(JDK.toString());
        assertThat(Frames.place(List.of(OURS))).isEqualTo("an unknown place");
    }

    @Test
    void a_thread_that_waits_neither_in_park_nor_in_wait_waits_for_a_class() {
        assertThat(Frames.awaitsClass(new StackTraceElement[] {USERS})).isTrue();
        assertThat(Frames.awaitsClass(new StackTraceElement[] {frame("java.lang.VirtualThread", "park"), USERS}))
                .isFalse();
        assertThat(Frames.awaitsClass(new StackTraceElement[] {frame("java.lang.Object", "wait0"), USERS}))
                .isFalse();
        assertThat(Frames.awaitsClass(new StackTraceElement[0])).isFalse();
    }

    @Test
    void a_parallel_stream_waits_for_the_world_outside_and_a_lock_does_not() {
        StackTraceElement park = frame("java.util.concurrent.locks.LockSupport", "park");
        assertThat(Frames.isOutside(new StackTraceElement[] {
                    park,
                    frame("java.util.concurrent.ForkJoinTask", "awaitDone"),
                    frame("java.util.stream.ReduceOps$ReduceOp", "evaluateParallel"),
                    USERS
                }))
                .isTrue();
        assertThat(Frames.isOutside(
                        new StackTraceElement[] {park, frame("java.util.concurrent.locks.ReentrantLock", "lock"), USERS
                        }))
                .isFalse();
    }

    private static StackTraceElement frame(String type, String method) {
        return new StackTraceElement(type, method, null, -1);
    }

    private static final StackTraceElement SOCKET = frame("sun.nio.ch.NioSocketImpl", "park");

    private static StackTraceElement[] stack(StackTraceElement... frames) {
        return frames;
    }

    @Test
    void a_real_sleep_is_one_of_the_jdks_innermost_frames() {
        StackTraceElement sleep = frame("java.lang.Thread", "sleep");
        StackTraceElement park = frame("java.lang.VirtualThread", "parkNanos");
        assertThat(Frames.isRealSleep(stack(sleep, USERS))).isTrue();
        assertThat(Frames.isRealSleep(stack(park, sleep, USERS))).isTrue();
        assertThat(Frames.isRealSleep(stack(park, frame("java.lang.Thread", "run"))))
                .isFalse();
        assertThat(Frames.isRealSleep(stack(frame("java.lang.Process", "sleep"))))
                .isFalse();
        assertThat(Frames.isRealSleep(stack(JDK, sleep))).isFalse();
        assertThat(Frames.isRealSleep(stack(USERS, sleep))).isFalse();
        assertThat(Frames.isRealSleep(stack())).isFalse();
    }

    @Test
    void the_world_outside_is_the_network_or_a_process_below_the_first_frame_that_is_not_the_jdks() {
        assertThat(Frames.isOutside(stack(SOCKET, USERS))).isTrue();
        assertThat(Frames.isOutside(stack(JDK, SOCKET, USERS))).isTrue();
        assertThat(Frames.isOutside(stack(JDK, frame("jdk.internal.net.http.HttpClientImpl", "send"))))
                .isTrue();
        assertThat(Frames.isOutside(stack(JDK, frame("java.lang.ProcessImpl", "waitFor"))))
                .isTrue();
        assertThat(Frames.isOutside(stack(JDK, frame("java.lang.ProcessHandleImpl", "x"), USERS)))
                .isFalse();
        assertThat(Frames.isOutside(stack(USERS, SOCKET))).isFalse();
        assertThat(Frames.isOutside(stack(OURS, SOCKET))).isFalse();
        assertThat(Frames.isOutside(stack(JDK))).isFalse();
        assertThat(Frames.isOutside(stack())).isFalse();
    }

    @Test
    void a_wait_is_the_users_if_no_frame_of_ours_is_within_it() {
        assertThat(Frames.isUsersWait(List.of(JDK, USERS, OURS))).isTrue();
        assertThat(Frames.isUsersWait(List.of(JDK, OURS, USERS))).isFalse();
        assertThat(Frames.isUsersWait(List.of(JDK, frame("dev.vloop.vthreads.timer.TimedPark", "park"), USERS)))
                .isFalse();
        assertThat(Frames.isUsersWait(List.of(JDK, frame("dev.vloop.vthreads.Run", "run"), USERS)))
                .isFalse();
        assertThat(Frames.isUsersWait(List.of(JDK, frame("dev.vloop.vthreadsandmore.Bot", "run"))))
                .isTrue();
        assertThat(Frames.isUsersWait(List.of(JDK, frame("Bot", "main")))).isTrue();
        assertThat(Frames.isUsersWait(List.of(JDK))).isFalse();
    }

    @Test
    void a_thread_suspends_if_the_first_frame_that_is_not_the_jdks_is_of_coroutines() {
        StackTraceElement coroutines = frame("kotlinx.coroutines.BlockingCoroutine", "joinBlocking");
        assertThat(Frames.suspends(stack(JDK, coroutines, USERS))).isTrue();
        assertThat(Frames.suspends(stack(JDK, frame("dev.vloop.kotlin.CallingThread", "block"), USERS)))
                .isTrue();
        assertThat(Frames.suspends(stack(JDK, USERS, coroutines))).isFalse();
        assertThat(Frames.suspends(stack(JDK))).isFalse();
    }

    @Test
    void mockitos_wait_with_a_time_limit_is_busy_wherever_it_is_on_the_stack() {
        StackTraceElement busy = frame("org.mockito.internal.verification.VerificationOverTimeImpl", "verify");
        assertThat(Frames.isBusyWait(stack(JDK, busy, USERS))).isTrue();
        assertThat(Frames.isBusyWait(stack(JDK, USERS))).isFalse();
    }

    @Test
    void a_wait_of_the_jdks_machine_room_is_for_no_class() {
        assertThat(Frames.awaitsClass(stack(frame("jdk.internal.vm.Continuation", "yield"), USERS)))
                .isFalse();
    }
}
