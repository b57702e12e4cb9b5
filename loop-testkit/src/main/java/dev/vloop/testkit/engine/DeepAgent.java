package dev.vloop.testkit.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls {@code loop-testkit-agent}. Its classes are on the JVM's boot class path if the agent is there, and nowhere otherwise. So nothing
 * here is linked to them, and the two share only types of the JDK. Any thread may use it.
 */
final class DeepAgent {
    private static final String BOOT = "dev.vloop.testkit.agent.boot.";

    private final Constructor<?> newTime;
    private final MethodHandle begin;
    private final MethodHandle end;
    private final Method open;

    /** Why the agent could not do its work, null if it could. */
    private final @Nullable String fault;

    private DeepAgent() throws ReflectiveOperationException {
        Class<?> link = find("AgentLink");
        Class<?> registry = find("VirtualTime");
        Class<?> time = find("TestTime");
        newTime = time.getConstructor(
                Predicate.class,
                Predicate.class,
                LongSupplier.class,
                LongSupplier.class,
                Supplier.class,
                ThreadFactory.class,
                BiFunction.class,
                LongConsumer.class,
                BooleanSupplier.class,
                LongPredicate.class,
                LongPredicate.class,
                Supplier.class,
                Consumer.class);
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        begin = lookup.unreflect(registry.getMethod("begin", time));
        end = lookup.unreflect(registry.getMethod("end", time));
        open = link.getMethod("open", Module.class);
        fault = (String) link.getMethod("fault").invoke(null);
    }

    private static Class<?> find(String name) throws ClassNotFoundException {
        return Class.forName(BOOT + name, true, null);
    }

    /**
     * {@return the agent of this JVM, null if there is none}
     *
     * @throws ReflectiveOperationException if there is one that does not fit this testkit
     */
    static @Nullable DeepAgent find() throws ReflectiveOperationException {
        try {
            find("AgentLink");
        } catch (ClassNotFoundException e) {
            return null;
        }
        return new DeepAgent();
    }

    @Nullable
    String fault() {
        return fault;
    }

    /** Opens {@code java.lang} to the testkit. */
    void openJdk() throws ReflectiveOperationException {
        open.invoke(null, DeepAgent.class.getModule());
    }

    /** What the agent asks of a test; see its {@code TestTime}. */
    interface Functions {
        boolean isInside(Thread current);

        boolean isTest(Thread thread);

        long nanoTime();

        long waitTime();

        Instant instant();

        Thread newThread(Runnable body);

        Runnable after(long nanos, Runnable action);

        void timedPark(long nanos);

        boolean settle();

        boolean pass(long nanos);

        boolean sleep(long nanos);

        Runnable hold();

        void foreign(String where);
    }

    /** Begins a test. {@return the action that ends it} */
    Runnable begin(Functions test) {
        try {
            Object time = newTime.newInstance(
                    (Predicate<Thread>) test::isInside,
                    (Predicate<Thread>) test::isTest,
                    (LongSupplier) test::nanoTime,
                    (LongSupplier) test::waitTime,
                    (Supplier<Instant>) test::instant,
                    (ThreadFactory) test::newThread,
                    (BiFunction<Long, Runnable, Runnable>) test::after,
                    (LongConsumer) test::timedPark,
                    (BooleanSupplier) test::settle,
                    (LongPredicate) test::pass,
                    (LongPredicate) test::sleep,
                    (Supplier<Runnable>) test::hold,
                    (Consumer<String>) test::foreign);
            begin.invoke(time);
            return () -> end(time);
        } catch (Throwable e) {
            throw new IllegalStateException("the agent does not take the test's time", e);
        }
    }

    private void end(Object time) {
        try {
            end.invoke(time);
        } catch (Throwable e) {
            throw new IllegalStateException("the agent does not give the test's time back", e);
        }
    }
}
