package dev.vloop.spring.test;

import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.spring.LoopRuntimeConfigurer;
import dev.vloop.testkit.TestLoops;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

/**
 * The loops of one context, which outlive the runtime of each test. While the context starts, it writes down what is built; each test has a
 * runtime of its own, in which all of that is built again. The context's thread and the tests' threads use it one after the other; only
 * the end of the context comes on any thread.
 */
final class ContextLoops {
    static final String NAME = "vloopContextLoops";

    private final BeanFactory beans;

    /** What the application has built while its context started, in that order. Any thread may read it. */
    private final List<RecordedLoop> recorded = new CopyOnWriteArrayList<>();

    /** What the application has as its runtime. */
    private final TestLoops shown = Proxies.of(TestLoops.class, this::call);

    /** The runtime of this test, or of the last one, or of the context's start. Null before the first use. */
    private volatile @Nullable TestLoops current;

    /** The thread on which {@link #current} was made: the only one that may wait for its loops. */
    private volatile @Nullable Thread owner;

    /** Whether the context is still starting, and no test has begun. */
    private volatile boolean starting = true;

    /** Whether the time of the current runtime is over. */
    private volatile boolean over;

    ContextLoops(BeanFactory beans) {
        this.beans = beans;
    }

    /** {@return the runtime that the application sees, the same for all tests} Called by the bean factory. */
    TestLoops loops() {
        return shown;
    }

    boolean isStarting() {
        return starting;
    }

    /** Begins the time of a test, on the calling thread, and runs what is due at once. */
    void begin(Consumer<TestLoops.Builder> settings) {
        starting = false;
        closeQuietly();
        TestLoops loops = create(settings);
        recorded.forEach(loop -> loop.buildIn(loops));
        recorded.forEach(RecordedLoop::startIfMarked);
        loops.settle();
    }

    /**
     * Ends the time of a test.
     *
     * @param failure what the test has failed with; gets the timeline, and what else was found
     * @return what the test fails with now; null if nothing was found, or the test has failed anyway
     */
    @Nullable
    AssertionError end(@Nullable Throwable failure) {
        TestLoops loops = Objects.requireNonNull(current);
        over = true;
        if (failure != null) {
            failure.addSuppressed(new Timelines(loops.timeline().toString()));
        }
        try {
            loops.close();
            return null;
        } catch (AssertionError e) {
            if (failure == null) {
                return e;
            }
            failure.addSuppressed(e);
            return null;
        }
    }

    private void requireStarter() {
        if (beans.getBeanProvider(LoopRuntimeConfigurer.class).getIfAvailable() == null) {
            throw new IllegalStateException(
                    "@VirtualTime needs the auto-configuration of loop-spring-boot-starter, which this context does not have;"
                            + " for a slice, add @ImportAutoConfiguration(LoopsAutoConfiguration.class)");
        }
    }

    private TestLoops create(Consumer<TestLoops.Builder> settings) {
        requireStarter();
        // The application's own cluster would be in real time.
        TestLoops.Builder builder = TestLoops.builder()
                .settings(beans.getBean(LoopRuntimeConfigurer.class)::configure)
                .inCluster();
        settings.accept(builder);
        TestLoops made = builder.create();
        current = made;
        owner = Thread.currentThread();
        over = false;
        return made;
    }

    /** Gives back what the runtime of the context's start has; its loops were not started. */
    private void closeQuietly() {
        TestLoops loops = current;
        if (loops != null && !over && owner == Thread.currentThread()) {
            loops.close();
        }
    }

    /** Any method of the runtime that the application sees. */
    private @Nullable Object call(Method method, Object[] arguments) throws Throwable {
        TestLoops loops = current;
        if (loops == null) {
            loops = create(builder -> {});
        }
        return switch (method.getName()) {
            case "loop" -> starting ? record((String) arguments[0], loops) : loops.loop((String) arguments[0]);
            // The context ends its loops on a thread of its own, which cannot wait in a test's time.
            case "stopAll", "shutdown" ->
                over || starting || owner != Thread.currentThread()
                        ? List.of()
                        : Proxies.call(loops, method, arguments);
            case "close" -> null; // the test does it
            case "find", "get" -> shown((Loop) Proxies.call(loops, method, arguments));
            case "loops" -> loops.loops().stream().map(this::shown).toList();
            default -> Proxies.call(loops, method, arguments);
        };
    }

    /** {@return the object that the application has for a loop, so that both are the same} */
    private @Nullable Loop shown(@Nullable Loop loop) {
        if (loop == null) {
            return null;
        }
        return recorded.stream()
                .filter(each -> each.isBehind(loop))
                .map(RecordedLoop::shown)
                .findFirst()
                .orElse(loop);
    }

    private LoopBuilder record(String name, TestLoops loops) {
        return new RecordedLoop(name, loops, this).builder();
    }

    void add(RecordedLoop loop) {
        recorded.removeIf(other -> other.name().equals(loop.name()));
        recorded.add(loop);
    }

    /** The application has removed it. */
    void forget(RecordedLoop loop) {
        recorded.remove(loop);
    }

    /** What a failed test shows of its loops. */
    static final class Timelines extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Timelines(String text) {
            super(text, null, false, false);
        }
    }
}
