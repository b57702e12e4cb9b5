package dev.vloop.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Stack traces are short, whatever they are made of. */
class StackTextTest {
    private static StackTraceElement frame(String type, int line) {
        return new StackTraceElement(type, "m", "F.java", line);
    }

    private static StackTraceElement[] frames(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(line -> frame("my.Body", line))
                .toArray(StackTraceElement[]::new);
    }

    private static RuntimeException thrown(String message, Throwable cause, StackTraceElement... frames) {
        RuntimeException thrown = new RuntimeException(message, cause);
        thrown.setStackTrace(frames);
        return thrown;
    }

    @Test
    void of_a_deep_stack_the_top_is_shown() {
        assertThat(StackText.of(frames(0, 40)).lines())
                .hasSize(40)
                .last()
                .asString()
                .contains("F.java:39");
        assertThat(StackText.of(frames(0, 100)).lines())
                .hasSize(41)
                .startsWith("    at my.Body.m(F.java:0)")
                .endsWith("    at my.Body.m(F.java:39)", "    and 60 more");
    }

    @Test
    void frames_that_a_cause_shares_with_what_it_caused_are_not_repeated() {
        RuntimeException cause = thrown("inner", null, frame("my.Deep", 7), frame("my.Body", 1), frame("my.Body", 2));
        cause.addSuppressed(thrown("aside", null, frame("my.Close", 3), frame("my.Body", 1), frame("my.Body", 2)));
        RuntimeException outer = thrown("outer", cause, frame("my.Body", 1), frame("my.Body", 2));
        assertThat(StackText.of(outer)).isEqualTo("""
                        java.lang.RuntimeException: outer
                            at my.Body.m(F.java:1)
                            at my.Body.m(F.java:2)
                        caused by: java.lang.RuntimeException: inner
                            at my.Deep.m(F.java:7)
                        suppressed: java.lang.RuntimeException: aside
                            at my.Close.m(F.java:3)
                        """);
    }

    @Test
    void of_a_long_chain_of_causes_eight_are_shown() {
        RuntimeException chain = thrown("0", null);
        for (int i = 1; i < 20; i++) {
            chain = thrown(Integer.toString(i), chain);
        }
        assertThat(PageTest.all("RuntimeException: ([0-9]+)", StackText.of(chain)))
                .containsExactly("19", "18", "17", "16", "15", "14", "13", "12");
    }

    @Test
    void a_long_message_is_cut_and_one_that_is_not_there_is_left_out() {
        assertThat(StackText.of(thrown("m".repeat(100_000), thrown("inner", null))))
                .hasSize(8_001)
                .endsWith("m…");
        assertThat(StackText.of(thrown(null, null))).isEqualTo("java.lang.RuntimeException\n");
    }

    @Test
    void a_thread_in_nobody_s_code_but_the_jdk_s_and_the_engine_s_has_no_text() {
        for (String type : new String[] {"java.lang.X", "jdk.internal.X", "dev.vloop.testkit.engine.X"}) {
            StackTraceElement[] frames = {frame(type, 1), frame("dev.vloop.vthreads.Run", 2)};
            assertThat(StackText.of(frames)).as(type).isEmpty();
        }
        StackTraceElement[] users = {frame("javax.sql.X", 1), frame("dev.vloop.vthreads.Run", 2)};
        assertThat(StackText.of(users)).isEqualTo("    at javax.sql.X.m(F.java:1)\n");
        StackTraceElement[] testkit = {frame("dev.vloop.testkit.X", 1), frame("dev.vloop.vthreads.Run", 2)};
        assertThat(StackText.of(testkit)).isNotEmpty();
    }

    @Test
    void an_exception_that_lies_about_itself_ends_nothing() {
        RuntimeException holes = new RuntimeException("holes") {
            @Override
            public StackTraceElement[] getStackTrace() {
                return Arrays.copyOf(frames(0, 1), 3);
            }
        };
        assertThat(StackText.of(holes)).contains("holes\n(no more: it threw java.lang.NullPointerException)");
        assertThat(StackText.of(new Endless()).lines().filter(line -> line.contains("Endless: on and on")))
                .hasSize(8);
    }

    /** Each has another cause. */
    private static final class Endless extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Endless() {
            super("on and on");
        }

        @Override
        public synchronized Throwable getCause() {
            return new Endless();
        }
    }
}
