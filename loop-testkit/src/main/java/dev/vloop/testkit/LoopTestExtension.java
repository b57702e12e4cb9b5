package dev.vloop.testkit;

import static dev.vloop.internal.Arguments.notNull;

import dev.vloop.LoopRuntime;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/**
 * Gives tests of any kind a runtime in virtual time. Register it with {@code @ExtendWith(LoopTestExtension.class)}, or with a field and
 * {@code @RegisterExtension} if it needs settings. A test method and its {@code @BeforeEach} and {@code @AfterEach} methods share one
 * runtime, and so do the dynamic tests of a {@code @TestFactory}. {@code @BeforeAll} and {@code @AfterAll} share another one.
 * Constructors cannot have one.
 *
 * <p>The runtime is closed when its methods have ended, see {@link TestLoops#close}. A failure shows the {@link Timeline}. The test's
 * thread is the one that runs the method, also with {@code @Timeout(threadMode = SEPARATE_THREAD)}.
 */
public final class LoopTestExtension extends MethodInterceptor
        implements ParameterResolver,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler,
                AfterEachCallback,
                AfterAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(LoopTestExtension.class);
    private static final System.Logger LOG = System.getLogger("dev.vloop.testkit");

    private final Consumer<? super TestLoops.Builder> settings;

    /** The run of a {@link LoopTest} that this extension is for; null for other tests. */
    private final @Nullable Run run;

    /**
     * One run of a {@link LoopTest}.
     *
     * @param seed its seed, null if nothing is shuffled
     * @param failed called when the run fails
     */
    record Run(@Nullable Long seed, Runnable failed) {}

    /** Makes an extension with default settings. */
    public LoopTestExtension() {
        this(builder -> {});
    }

    /**
     * Makes an extension.
     *
     * @param settings called for each runtime, before it is made
     */
    public LoopTestExtension(Consumer<? super TestLoops.Builder> settings) {
        this(settings, null);
    }

    LoopTestExtension(Consumer<? super TestLoops.Builder> settings, @Nullable Run run) {
        this.settings = notNull(settings, "settings");
        this.run = run;
    }

    /** A class with this extension may contain a {@link LoopTest}, which brings an extension of its own. Only one of the two answers. */
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return (type == TestLoops.class || type == LoopRuntime.class)
                && parameter.getDeclaringExecutable() instanceof Method
                && isResponsible(context);
    }

    private boolean isResponsible(ExtensionContext context) {
        boolean loopTest = context.getTestMethod()
                .filter(method -> AnnotationSupport.isAnnotated(method, LoopTest.class))
                .isPresent();
        return loopTest == (run != null);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        VirtualTestLoops made = find(context);
        if (made != null) {
            return made;
        }
        TestLoops.Builder builder = TestLoops.builder();
        settings.accept(builder);
        TestLoops loops = builder.create();
        context.getStore(NAMESPACE).put(key(context), loops);
        return loops;
    }

    /** {@return the key of the runtime in the store} A runtime that is made for a class is not found by its tests, which have their own. */
    private static String key(ExtensionContext context) {
        return context.getTestMethod().isPresent() ? "test" : "class";
    }

    private static @Nullable VirtualTestLoops find(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(key(context), VirtualTestLoops.class);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw told(context, thrown);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw told(context, thrown);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw told(context, thrown);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw told(context, thrown);
    }

    @Override
    public void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw told(context, thrown);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<@Nullable Void> invocation, DynamicTestInvocationContext dynamic, ExtensionContext context)
            throws Throwable {
        VirtualTestLoops loops = context.getStore(NAMESPACE).get("test", VirtualTestLoops.class);
        try {
            if (loops == null) {
                invocation.proceed();
            } else {
                loops.<Throwable>hereBesideOthers(invocation::proceed);
            }
        } catch (Throwable thrown) {
            throw told(loops, context, thrown);
        }
    }

    @Override
    <T extends @Nullable Object> T around(Invocation<T> method, ExtensionContext context) throws Throwable {
        return here(find(context), method);
    }

    /** Runs a method on the calling thread. With a time limit that may be another thread than the one that made the runtime. */
    private static <T extends @Nullable Object> T here(@Nullable VirtualTestLoops loops, Invocation<T> invocation)
            throws Throwable {
        return loops == null ? invocation.proceed() : loops.<T, Throwable>here(invocation::proceed);
    }

    /** {@return the failure itself, with the timeline up to now and the seed attached} */
    private Throwable told(ExtensionContext context, Throwable thrown) {
        return told(find(context), context, thrown);
    }

    private Throwable told(@Nullable VirtualTestLoops loops, ExtensionContext context, Throwable thrown) {
        if (loops == null || thrown instanceof TestAbortedException || !isResponsible(context)) {
            return thrown;
        }
        boolean tells = thrown instanceof LoopTestError
                || Arrays.stream(thrown.getSuppressed()).anyMatch(LoopTestStory.class::isInstance);
        if (!tells) {
            thrown.addSuppressed(new LoopTestStory(loops.timeline().failedWith(OutcomeText.line(thrown))));
        }
        String notes = loops.notes(thrown);
        if (!notes.isEmpty()) {
            thrown.addSuppressed(new LoopTestStory(notes));
        }
        if (run != null) {
            run.failed.run();
            tellSeed(context, run.seed, thrown);
        }
        return thrown;
    }

    private static void tellSeed(ExtensionContext context, @Nullable Long seed, Throwable thrown) {
        if (seed == null) {
            return;
        }
        String how = "seed " + seed + " fails " + context.getRequiredTestClass().getName() + "."
                + context.getRequiredTestMethod().getName() + ": replay it with -D" + LoopTestSeeds.PROPERTY + "="
                + seed;
        LOG.log(System.Logger.Level.ERROR, how);
        thrown.addSuppressed(new LoopTestStory(how + " (JDK " + Runtime.version() + ")"));
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        close(context);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        close(context);
    }

    private void close(ExtensionContext context) throws Exception {
        if (!isResponsible(context)) {
            return;
        }
        VirtualTestLoops loops = context.getStore(NAMESPACE).remove(key(context), VirtualTestLoops.class);
        if (loops == null) {
            return;
        }
        try {
            loops.<@Nullable Void, RuntimeException>here(() -> {
                loops.close();
                return null;
            });
        } catch (LoopTestError e) {
            if (run != null) {
                run.failed.run();
                tellSeed(context, run.seed, e);
            }
            throw e;
        }
    }
}
