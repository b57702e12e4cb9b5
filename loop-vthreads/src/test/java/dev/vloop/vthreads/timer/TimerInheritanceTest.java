package dev.vloop.vthreads.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the timer's thread takes from whoever needs it first, and what a timer keeps of those who are gone: nothing. */
@Tag("real-time")
@Timeout(60)
class TimerInheritanceTest {
    private static final long HOUR = 3_600_000_000_000L;

    private static final InheritableThreadLocal<Object> INHERITED = new InheritableThreadLocal<>();

    private final CountedThreads threads = new CountedThreads();
    private final SystemTimer timer = new SystemTimer(failure -> {}, threads);

    @Test
    @DisplayName(
            "R2: the timer's thread inherits no class loader, thread-local, group, priority or context of the thread that starts it")
    void the_thread_inherits_nothing() throws Exception {
        Object[] found = new Object[2];
        CountDownLatch looked = new CountDownLatch(1);
        TimedAction stays = timer.newAction(() -> {});
        TimedAction looks = timer.newAction(() -> {
            found[0] = INHERITED.get();
            found[1] = Thread.currentThread().getContextClassLoader();
            looked.countDown();
        });
        WeakReference<?> plugin = startFromPlugin(() -> {
            stays.set(HOUR);
            looks.set(0);
        });
        looked.await();

        Thread thread = threads.platform.getFirst();
        assertThat(found[0]).isNull();
        assertThat(found[1]).isSameAs(ClassLoader.getSystemClassLoader());
        assertThat(thread.getThreadGroup().getParent()).isNull();
        assertThat(thread.getPriority()).isEqualTo(Thread.NORM_PRIORITY);
        assertThat(thread.isDaemon()).isTrue();
        awaitCollection(plugin);
        assertThat(thread.isAlive()).isTrue();
        stays.release();
    }

    /** Starts it from a class of a loader of its own, with all that could be inherited. {@return that loader} */
    private static WeakReference<ClassLoader> startFromPlugin(Runnable start) throws Exception {
        ClassLoader loader = new PluginLoader();
        Executor plugin = (Executor) loader.loadClass(Plugin.class.getName())
                .getDeclaredConstructor()
                .newInstance();
        Thread thread = new Thread(new ThreadGroup("plugin"), () -> {
            INHERITED.set(plugin);
            plugin.execute(start);
        });
        thread.setContextClassLoader(loader);
        thread.setDaemon(false);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
        thread.join();
        return new WeakReference<>(loader);
    }

    /** Calls the timer, so that its frames, and the loader behind them, are on the stack. */
    public static final class Plugin implements Executor {
        public Plugin() {}

        @Override
        public void execute(Runnable command) {
            command.run();
        }
    }

    private static final class PluginLoader extends ClassLoader {
        PluginLoader() {
            super(TimerInheritanceTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Plugin.class.getName())) {
                return super.loadClass(name, resolve);
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    @DisplayName("nothing is kept of a thread whose wait was given up, and of an alarm that was called off for good")
    void nothing_is_kept_of_those_who_are_gone() throws InterruptedException {
        List<TimedAction> stay = new ArrayList<>();
        for (int i = 0; i < 10; i++) { // with so many others, what is dead is not swept
            stay.add(timer.newAction(() -> {}));
            stay.get(i).set(HOUR);
        }
        WeakReference<?> thread = threadThatGivesUp();
        WeakReference<?> action = actionThatIsCalledOff();
        awaitCollection(thread);
        awaitCollection(action);
        for (TimedAction each : stay) {
            each.release();
        }
    }

    private WeakReference<?> threadThatGivesUp() throws InterruptedException {
        Thread thread = new Thread(() -> {
            TimedPark park = timer.newPark();
            while (!Thread.currentThread().isInterrupted()) {
                park.park(HOUR);
            }
            park.release();
        });
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        awaitRound();
        thread.interrupt();
        thread.join();
        return new WeakReference<>(thread);
    }

    private WeakReference<?> actionThatIsCalledOff() throws InterruptedException {
        Object[] big = new Object[1];
        Runnable action = () -> big[0] = this;
        TimedAction alarm = timer.newAction(action);
        alarm.set(HOUR);
        awaitRound();
        alarm.release();
        return new WeakReference<>(action);
    }

    /** The timer has what was set before in its heap afterwards. */
    private void awaitRound() throws InterruptedException {
        CountDownLatch rung = new CountDownLatch(1);
        timer.newAction(rung::countDown).set(0);
        rung.await();
    }

    @SuppressWarnings("BusyWait")
    private static void awaitCollection(WeakReference<?> gone) throws InterruptedException {
        Reference<?> kept = gone;
        while (kept.get() != null) { // the test's time limit ends it
            System.gc();
            Thread.sleep(20);
        }
    }
}
