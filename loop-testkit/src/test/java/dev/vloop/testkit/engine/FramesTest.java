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

    private static StackTraceElement frame(String type, String method) {
        return new StackTraceElement(type, method, null, -1);
    }
}
