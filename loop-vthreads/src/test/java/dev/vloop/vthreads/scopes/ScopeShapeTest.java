package dev.vloop.vthreads.scopes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R34 The shape of a StructuredTaskScope")
@SuppressWarnings("SameNameButDifferent") // the fakes look like one another on purpose
public class ScopeShapeTest {
    private static final int JDK = Runtime.version().feature();

    @Test
    void of_this_jdk_is_known() {
        Class<?> expected = JDK < 25 ? null : JDK == 25 ? Function.class : UnaryOperator.class;
        assertThat(ScopeShape.ofThisJdk().configuredBy).isEqualTo(expected);
        assertThat(ScopeShape.ofThisJdk().missing).isNull();
    }

    @Test
    void is_told_by_how_it_is_opened() {
        assertThat(ScopeShape.of(LikeJdk21.class).configuredBy).isNull();
        assertThat(ScopeShape.of(LikeJdk21.class).missing).isNull();
        assertThat(ScopeShape.of(LikeJdk25.class).configuredBy).isEqualTo(Function.class);
        assertThat(ScopeShape.of(LikeJdk26.class).configuredBy).isEqualTo(UnaryOperator.class);
    }

    @Test
    void is_unknown_when_it_opens_in_another_way_and_says_what_was_missed() {
        ScopeShape shape = ScopeShape.of(OpensOtherwise.class);
        assertThat(shape.missing)
                .startsWith("JDK " + JDK + "'s OpensOtherwise has an unknown shape: ")
                .contains("NoSuchMethodException")
                .contains("open");
    }

    @Test
    void is_unknown_when_a_nested_type_is_gone() {
        ScopeShape shape = ScopeShape.of(WithoutJoiner.class);
        assertThat(shape.missing).contains("WithoutJoiner$Joiner");
    }

    @Test
    void is_unknown_when_it_cannot_be_closed() {
        assertThat(ScopeShape.of(NotCloseable.class).missing).endsWith("it is not AutoCloseable");
    }

    @Test
    void unknown_makes_the_choice_plain() {
        ScopeShape shape = ScopeShape.of(OpensOtherwise.class);
        assertThat(TaskScopes.choose("auto", () -> shape.missing).description())
                .startsWith("plain (JDK " + JDK + "'s OpensOtherwise has an unknown shape: ");
    }

    /** A class, as in 21 to 24. */
    public static class LikeJdk21 implements AutoCloseable {
        public LikeJdk21(String name, ThreadFactory factory) {}

        public Subtask fork(Callable<?> task) {
            return new Subtask() {};
        }

        public LikeJdk21 join() {
            return this;
        }

        @Override
        public void close() {}

        public interface Subtask {}
    }

    /** An interface configured by a Function, as in 25. */
    public interface LikeJdk25 extends AutoCloseable {
        @Override
        void close();

        static LikeJdk25 open(Joiner joiner, Function<Configuration, Configuration> configuration) {
            throw new UnsupportedOperationException();
        }

        Subtask fork(Callable<?> task);

        Object join();

        interface Subtask {}

        interface Joiner {
            static Joiner awaitAllSuccessfulOrThrow() {
                return new Joiner() {};
            }
        }

        interface Configuration {
            Configuration withName(String name);

            Configuration withThreadFactory(ThreadFactory factory);
        }
    }

    /** An interface configured by a UnaryOperator, as from 26 on. */
    public interface LikeJdk26 extends AutoCloseable {
        @Override
        void close();

        static LikeJdk26 open(Joiner joiner, UnaryOperator<Configuration> configuration) {
            throw new UnsupportedOperationException();
        }

        static LikeJdk26 open(UnaryOperator<Configuration> configuration) {
            throw new UnsupportedOperationException();
        }

        Subtask fork(Callable<?> task);

        Object join();

        interface Subtask {}

        interface Joiner {
            static Joiner awaitAllSuccessfulOrThrow() {
                return new Joiner() {};
            }
        }

        interface Configuration {
            Configuration withName(String name);

            Configuration withThreadFactory(ThreadFactory factory);
        }
    }

    /** As nobody knows it. */
    public interface OpensOtherwise extends AutoCloseable {
        @Override
        void close();

        static OpensOtherwise open(Joiner joiner, String options) {
            throw new UnsupportedOperationException();
        }

        Subtask fork(Callable<?> task);

        Object join();

        interface Subtask {}

        interface Joiner {}

        interface Configuration {}
    }

    /** Policies have gone elsewhere. */
    public interface WithoutJoiner extends AutoCloseable {
        @Override
        void close();

        Subtask fork(Callable<?> task);

        interface Subtask {}
    }

    /** Closed in another way. */
    public interface NotCloseable {
        Subtask fork(Callable<?> task);

        interface Subtask {}
    }
}
