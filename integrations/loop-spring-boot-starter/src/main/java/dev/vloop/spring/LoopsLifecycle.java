package dev.vloop.spring;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Starts loops when all beans are there, and ends them while all beans are still there. The context calls it on its own thread; only the
 * wait for loops has another one, because the context must be able to go on without a loop that does not end.
 */
final class LoopsLifecycle implements SmartLifecycle, DisposableBean, ApplicationListener<ContextClosedEvent> {
    private static final System.Logger LOG = System.getLogger("dev.vloop.spring");

    /** The distance between two phases of Spring Boot. */
    private static final int STEP = 1024;

    /** Above the graceful end of the web server: stopped first. */
    private static final int BEFORE_WEB_SERVER = DEFAULT_PHASE;

    /** Below the web server's own phase, and above the executors'. */
    private static final int AFTER_WEB_SERVER = DEFAULT_PHASE - 3 * STEP;

    private final ApplicationContext context;

    /** Those of the context, at least one. */
    private final List<LoopRuntime> runtimes;

    private final LoopSettings settings;
    private final LoopMethods methods;
    private final VloopProperties.Stop stop;
    private final Duration grace;

    /** How long the context waits for a phase. */
    private final Duration timeout;

    /** What ran when the context was stopped, and runs again when it starts; null before that. Set on the thread that stops. */
    private volatile @Nullable List<Loop> stopped;

    /** Whether a thread waits for the loops. Set before the context calls anything else here, and cleared by that thread. */
    private volatile boolean stopping;

    /** Whether the context closes, so that no loop may begin any more. */
    private volatile boolean closing;

    private volatile boolean running;

    LoopsLifecycle(
            ApplicationContext context,
            List<LoopRuntime> runtimes,
            LoopSettings settings,
            LoopMethods methods,
            VloopProperties.Stop stop,
            Duration grace,
            Duration timeout) {
        this.context = context;
        this.runtimes = runtimes;
        this.settings = settings;
        this.methods = methods;
        this.stop = stop;
        this.grace = grace;
        this.timeout = timeout;
    }

    @Override
    public int getPhase() {
        return stop == VloopProperties.Stop.BEFORE_WEB_SERVER ? BEFORE_WEB_SERVER : AFTER_WEB_SERVER;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public void start() {
        running = true; // first, so that it is stopped if a loop cannot start
        List<Loop> again = stopped;
        if (again != null) {
            again.forEach(Loop::startIfIdle);
            return;
        }
        ListableBeanFactory beans = context; // this creates lazy beans, which nobody else would ask for
        List<Loop> loops =
                List.copyOf(beans.getBeansOfType(Loop.class, false, true).values());
        methods.bind();
        loops.stream().filter(loop -> settings.starts(loop.name())).forEach(Loop::startIfIdle);
        settings.warnOfUnknown(known().toList(), context.getEnvironment());
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        closing |= event.getApplicationContext() == context;
    }

    @Override
    public void stop() {
        stopped = known().filter(Loop::isRunning).toList();
        try {
            endAll(closing);
        } finally {
            running = false;
        }
    }

    private Stream<Loop> known() {
        return runtimes.stream().flatMap(runtime -> runtime.loops().stream());
    }

    /** At the same time: they share the grace. */
    private void endAll(boolean forGood) {
        Consumer<LoopRuntime> end = runtime -> {
            List<Loop> cancelled = forGood ? runtime.shutdown(grace) : runtime.stopAll(grace);
            LOG.log(Level.DEBUG, () -> "cancelled when the grace was over: " + cancelled);
        };
        List<Thread> others = runtimes.stream()
                .skip(1)
                .map(runtime -> inBackground(() -> end.accept(runtime)))
                .toList();
        end.accept(runtimes.get(0));
        for (Thread other : others) {
            try {
                other.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void stop(Runnable callback) {
        stopping = true;
        inBackground(() -> {
            try {
                stop();
            } finally {
                stopping = false;
                callback.run();
            }
        });
    }

    /** Ends what {@link #stop} has not ended: all of it, if the context's start has failed. */
    @Override
    public void destroy() throws InterruptedException {
        if (stopping || !inBackground(() -> endAll(true)).join(timeout)) {
            LOG.log(
                    Level.WARNING,
                    () -> "these loops have not ended, and what they use is destroyed now: "
                            + known().filter(Loop::isRunning).map(Loop::name).toList());
        }
    }

    private static Thread inBackground(Runnable wait) {
        return Thread.ofVirtual()
                .name("vloop-stop")
                .inheritInheritableThreadLocals(false)
                .start(wait);
    }
}
