package dev.vloop.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R27, R30: ways through causes")
@NullUnmarked // nulls are passed where they may be
class CausesTest {
    private final IOException io = new IOException("down");

    /** Its cause is what the test says, be it a circle or an error. */
    private static final class Odd extends CompletionException {
        private static final long serialVersionUID = 1;
        private transient Throwable cause;
        private boolean breaks;

        @Override
        public synchronized Throwable getCause() {
            if (breaks) {
                throw new IllegalStateException("on purpose");
            }
            return cause;
        }
    }

    @Test
    void end_where_a_cause_cannot_be_had() {
        Odd odd = new Odd();
        odd.breaks = true;
        assertThat(Causes.of(odd)).isNull();
        assertThat(Causes.of(new ExecutionException(io))).isSameAs(io);
        assertThat(Causes.of(io)).isNull();
        assertThat(Causes.unwrap(odd)).isSameAs(odd);
        assertThat(Causes.contains(odd, io)).isFalse();
    }

    @Test
    void take_wrappers_off_and_nothing_else() {
        assertThat(Causes.unwrap(io)).isSameAs(io);
        assertThat(Causes.unwrap(new ExecutionException(io))).isSameAs(io);
        assertThat(Causes.unwrap(new CompletionException(io))).isSameAs(io);
        assertThat(Causes.unwrap(new ExecutionException(new CompletionException(io))))
                .isSameAs(io);
        RuntimeException other = new RuntimeException(io);
        assertThat(Causes.unwrap(other)).isSameAs(other);
        assertThat(Causes.unwrap(new ExecutionException(other))).isSameAs(other);
        ExecutionException empty = new ExecutionException(null);
        assertThat(Causes.unwrap(empty)).isSameAs(empty);
    }

    @Test
    void look_at_a_thousand_causes_and_no_more() {
        Throwable[] chain = new Throwable[1_002];
        chain[chain.length - 1] = io;
        for (int i = chain.length - 2; i >= 0; i--) {
            chain[i] = new RuntimeException(chain[i + 1]);
        }
        List<Throwable> seen = new ArrayList<>();
        assertThat(Causes.walk(chain[0], e -> !seen.add(e))).isSameAs(chain[1_000]);
        assertThat(seen).hasSize(1_000);
        assertThat(Causes.contains(chain[0], chain[999])).isTrue();
        assertThat(Causes.contains(chain[0], chain[1_000])).isFalse();
    }

    @Test
    void find_a_cause_however_deep_and_give_up_in_a_circle() {
        Throwable deep = io;
        for (int i = 0; i < 900; i++) {
            deep = new RuntimeException(deep);
        }
        assertThat(Causes.contains(deep, io)).isTrue();
        assertThat(Causes.contains(deep, deep)).isTrue();
        assertThat(Causes.contains(deep, new IOException("down"))).isFalse();
        assertThat(Causes.contains(null, io)).isFalse();
        for (int i = 0; i < 100; i++) {
            deep = new RuntimeException(deep);
        }
        assertThat(Causes.contains(deep, io))
                .as("the walk ends after a thousand")
                .isFalse();
        Odd circle = new Odd();
        circle.cause = circle;
        assertThat(Causes.contains(circle, io)).isFalse();
        assertThat(Causes.unwrap(circle)).isSameAs(circle);
    }

    @Test
    void look_at_a_thousand_causes() {
        Throwable deep = io;
        for (int i = 0; i < 999; i++) {
            deep = new RuntimeException(deep);
        }
        assertThat(Causes.contains(deep, io)).isTrue();
        assertThat(Causes.contains(new RuntimeException(deep), io)).isFalse();
    }

    @Test
    void attach_an_exception_to_another_and_say_whether_it_is_told() {
        IOException first = new IOException("first");
        assertThat(Causes.suppress(first, io)).isTrue();
        assertThat(first.getSuppressed()).containsExactly(io);
        assertThat(Causes.suppress(first, first)).as("it is told already").isTrue();
        assertThat(first.getSuppressed()).hasSize(1);
        assertThat(Causes.suppress(null, io)).isFalse();
        assertThat(Causes.suppress(first, null)).isFalse();
        assertThat(Causes.suppress(null, null)).isFalse();
    }

    @Test
    void attach_a_hundred_at_the_most() {
        IOException first = new IOException("first");
        for (int i = 0; i < 100; i++) {
            assertThat(Causes.suppress(first, new IOException("again"))).isTrue();
        }
        assertThat(Causes.suppress(first, io)).isFalse();
        assertThat(first.getSuppressed()).hasSize(100);
    }

    @Test
    void tell_that_an_exception_has_no_place_for_others() {
        Exception closed = new Exception("closed", null, false, true) {
            private static final long serialVersionUID = 1;
        };
        assertThat(Causes.suppress(closed, io)).isFalse();
    }
}
