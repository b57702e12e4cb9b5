package dev.vloop.vthreads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.internal.SafeText;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R30: an exception that any log can print")
@NullUnmarked // nulls are returned where none may be
class PrintableFailureTest {
    private static Throwable chain(int causes) {
        Throwable thrown = new IOException("innermost");
        for (int i = 0; i < causes; i++) {
            thrown = new RuntimeException("level " + i, thrown);
        }
        return thrown;
    }

    private static int depth(Throwable thrown) {
        int depth = 0;
        for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            depth++;
        }
        return depth;
    }

    /** Breaks in the way that its number says. */
    private static final class Odd extends Exception {
        private static final long serialVersionUID = 1;
        private final int kind;

        Odd(int kind) {
            super("odd");
            this.kind = kind;
        }

        @Override
        @SuppressWarnings("ToStringReturnsNull") // that is what users' exceptions may do
        public String toString() {
            if (kind == 0) {
                throw new IllegalStateException("on purpose");
            }
            return kind == 1 ? null : kind == 2 ? "x".repeat(SafeText.LONGEST + 1) : "odd";
        }

        @Override
        public String getMessage() {
            return switch (kind) {
                case 3 -> "x".repeat(SafeText.LONGEST + 1);
                case 9 -> "x".repeat(SafeText.LONGEST);
                case 4 -> null;
                default -> "odd";
            };
        }

        @Override
        public String getLocalizedMessage() {
            return switch (kind) {
                case 5 -> "x".repeat(SafeText.LONGEST + 1);
                case 10 -> "x".repeat(SafeText.LONGEST);
                case 4 -> null;
                default -> "odd";
            };
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            if (kind == 6) {
                throw new IllegalStateException("on purpose");
            }
            return kind == 7 ? null : super.getStackTrace();
        }

        @Override
        public synchronized Throwable getCause() {
            if (kind == 8) {
                throw new IllegalStateException("on purpose");
            }
            return null;
        }
    }

    /** Has a way of its own to print itself, which fails. */
    private static final class Unprintable extends Exception {
        private static final long serialVersionUID = 1;

        @Override
        public void printStackTrace(PrintWriter out) {
            throw new IllegalStateException("on purpose");
        }
    }

    @Test
    void is_itself_where_nothing_is_odd() {
        assertThat(PrintableFailure.of(null)).isNull();
        IOException plain = new IOException("down");
        plain.addSuppressed(new IOException("close"));
        assertThat(PrintableFailure.of(plain)).isSameAs(plain);
        Throwable deep = chain(50);
        assertThat(PrintableFailure.of(deep)).isSameAs(deep);
        Exception noMessage = new Odd(4);
        assertThat(PrintableFailure.of(noMessage)).isSameAs(noMessage);
        Exception longest = new Exception("x".repeat(SafeText.LONGEST - "java.lang.Exception: ".length()));
        assertThat(PrintableFailure.of(longest)).isSameAs(longest);
        for (int kind : new int[] {9, 10}) {
            Odd odd = new Odd(kind);
            assertThat(PrintableFailure.of(odd)).as("kind %d", kind).isSameAs(odd);
        }
    }

    @Test
    void may_go_in_a_circle() {
        Exception outer = new Exception("outer");
        Exception inner = new Exception("inner", outer);
        outer.initCause(inner);
        assertThat(PrintableFailure.of(outer)).isSameAs(outer);
    }

    @Test
    void is_a_copy_where_a_log_would_break_on_it() {
        for (int kind : new int[] {0, 1, 2, 3, 5, 6, 7, 8}) {
            Odd odd = new Odd(kind);
            Throwable printable = PrintableFailure.of(odd);
            assertThat(printable).as("kind %d", kind).isInstanceOf(PrintableFailure.class);
            assertThat(printable.getMessage()).isEqualTo(SafeText.of(odd));
            assertThat(printable.getStackTrace().length > 0).isEqualTo(kind != 6 && kind != 7);
            assertThat(PrintableFailure.of(new Exception("around", odd))).isInstanceOf(PrintableFailure.class);
            Exception around = new Exception("around");
            around.addSuppressed(odd);
            assertThat(PrintableFailure.of(around)).isInstanceOf(PrintableFailure.class);
        }
    }

    @Test
    void is_a_copy_where_an_exception_cannot_print_itself() {
        Unprintable odd = new Unprintable();
        assertThat(PrintableFailure.of(odd))
                .isInstanceOf(PrintableFailure.class)
                .hasMessage(SafeText.of(odd));
        assertThat(PrintableFailure.of(new Exception("around", odd))).isInstanceOf(PrintableFailure.class);
    }

    @Test
    void keeps_the_text_the_causes_and_what_was_suppressed() {
        Exception odd = new Exception("outer", new Odd(0));
        odd.addSuppressed(new IOException("close"));
        Throwable printable = PrintableFailure.of(odd);
        assertThat(printable).hasMessage("java.lang.Exception: outer");
        assertThat(printable.getStackTrace()).isEqualTo(odd.getStackTrace());
        assertThat(printable.getCause()).hasMessageContaining("its text threw");
        assertThat(printable.getSuppressed())
                .singleElement()
                .satisfies(suppressed -> assertThat(suppressed).hasMessage("java.io.IOException: close"));
    }

    @Test
    void has_fifty_causes_at_the_most() {
        Throwable printable = PrintableFailure.of(chain(51));
        assertThat(printable).isInstanceOf(PrintableFailure.class);
        assertThat(depth(printable)).isEqualTo(50);
        assertThat(depth(PrintableFailure.of(chain(60)))).isEqualTo(50);
    }

    @Test
    void has_fifty_levels_of_suppressed_exceptions_at_the_most() {
        Exception fine = suppressed(50);
        assertThat(PrintableFailure.of(fine)).isSameAs(fine);
        assertThat(PrintableFailure.of(suppressed(51))).isInstanceOf(PrintableFailure.class);
    }

    private static Exception suppressed(int levels) {
        Exception thrown = new Exception("innermost");
        for (int i = 0; i < levels; i++) {
            Exception around = new Exception("level " + i);
            around.addSuppressed(thrown);
            thrown = around;
        }
        return thrown;
    }

    @Test
    void has_five_hundred_exceptions_around_it_at_the_most() {
        Exception wide = new Exception("wide");
        for (int i = 0; i < 499; i++) {
            wide.addSuppressed(new IOException("close"));
        }
        assertThat(PrintableFailure.of(wide)).isSameAs(wide);
        wide.addSuppressed(new IOException("one more"));
        assertThat(PrintableFailure.of(wide)).isInstanceOf(PrintableFailure.class);
    }
}
