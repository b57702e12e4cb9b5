package dev.vloop.vthreads.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.spi.Host;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The timer's thread: when there is one, what it survives, and what is done without. */
@Tag("real-time")
@Timeout(60)
class SystemTimerTest {
    private static final long SOON = 5_000_000L;
    private static final long HOUR = 3_600_000_000_000L;

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final CountedThreads threads = new CountedThreads();
    private final SystemTimer timer = new SystemTimer(failures::add, threads);

    @Test
    @DisplayName("a wait ends at its deadline and not before, on virtual and platform threads")
    void a_wait_ends_at_its_deadline() throws InterruptedException {
        TimedAction keepsItBusy = keepBusy();
        Runnable waits = () -> {
            for (int i = 0; i < 20; i++) {
                long deadline = timer.nanoTime() + SOON;
                waitUntil(deadline);
            }
        };
        Thread virtual = Thread.ofVirtual().start(waits);
        waits.run();
        virtual.join();
        assertThat(threads.platform).hasSize(1);
        keepsItBusy.release();
    }

    /** The timer's thread stays until this is released. Otherwise it may end between two waits, on a machine that is very busy. */
    private TimedAction keepBusy() {
        TimedAction keepsItBusy = timer.newAction(() -> {});
        keepsItBusy.set(timer.nanoTime() + HOUR);
        return keepsItBusy;
    }

    @Test
    @DisplayName("a wait that is unparked or interrupted ends, and leaves no wake-up behind that comes later")
    void a_wait_can_be_ended_by_others() throws InterruptedException {
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch early = new CountDownLatch(1);
        Thread thread = Thread.ofVirtual().start(() -> {
            TimedPark park = timer.newPark();
            waiting.countDown();
            park.park(timer.nanoTime() + HOUR);
            assertThat(park.deadline).isEqualTo(Host.NEVER);
            early.countDown();
            while (!Thread.currentThread().isInterrupted()) {
                park.park(Host.NEVER);
            }
        });
        waiting.await();
        java.util.concurrent.locks.LockSupport.unpark(thread);
        early.await();
        thread.interrupt();
        thread.join();
    }

    @Test
    @DisplayName("a wait whose deadline has passed does not wait, and needs no thread")
    void a_wait_whose_deadline_has_passed_does_not_wait() {
        timer.newPark().park(0);
        timer.newPark().park(-1);
        assertThat(threads.platform).isEmpty();
    }

    @Test
    @DisplayName("R2: the thread ends soon when nothing waits any more, and another comes when it is needed")
    void the_thread_ends_when_nothing_waits() throws InterruptedException {
        for (int i = 1; i <= 3; i++) {
            CountDownLatch rung = new CountDownLatch(1);
            timer.newAction(rung::countDown).set(timer.nanoTime() + SOON);
            rung.await();
            assertThat(threads.platform).hasSize(i);
            threads.platform.getLast().join();
        }
    }

    @Test
    @DisplayName("R2: the thread ends soon when the only alarm was called off, whether or not it may be set again")
    void the_thread_ends_when_the_only_alarm_was_called_off() throws InterruptedException {
        TimedAction alarm = timer.newAction(() -> {});
        for (int i = 1; i <= 2; i++) {
            alarm.set(timer.nanoTime() + HOUR);
            awaitLongSleep();
            alarm.cancel();
            threads.platform.getLast().join();
        }
        TimedAction other = timer.newAction(() -> {});
        other.set(timer.nanoTime() + HOUR);
        awaitLongSleep();
        other.release();
        threads.platform.getLast().join();
        assertThat(threads.platform).hasSize(3);
    }

    /** Until the thread sleeps for long: it is that sleep from which it has to be woken. */
    private void awaitLongSleep() {
        while (threads.platform.getLast().getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    @DisplayName("R38: an action that throws whatever there is ends nothing, and is told")
    void an_action_that_throws_ends_nothing() throws InterruptedException {
        TimedAction keepsItBusy = keepBusy();
        List<Throwable> thrown = List.of(
                new ThreadDeathLike(), new OutOfMemoryError("on purpose"), new StackOverflowError("on purpose"));
        for (Throwable each : thrown) {
            CountDownLatch rung = new CountDownLatch(1);
            long now = timer.nanoTime();
            timer.newAction(() -> sneak(each)).set(now + SOON);
            timer.newAction(rung::countDown).set(now + SOON + 1);
            rung.await();
        }
        assertThat(failures).isEqualTo(thrown);
        assertThat(threads.platform).hasSize(1);
        keepsItBusy.release();
    }

    /** As {@code ThreadDeath} was, which is going to be removed. */
    private static final class ThreadDeathLike extends Error {
        private static final long serialVersionUID = 1;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    @DisplayName("R38: who hears of failures may fail as well")
    void who_hears_of_failures_may_fail() throws InterruptedException {
        SystemTimer deaf = new SystemTimer(
                failure -> {
                    throw new IllegalStateException("on purpose");
                },
                threads);
        CountDownLatch rung = new CountDownLatch(1);
        long now = deaf.nanoTime();
        deaf.newAction(() -> sneak(new OutOfMemoryError("on purpose"))).set(now + SOON);
        deaf.newAction(rung::countDown).set(now + SOON + 1);
        rung.await();
    }

    @Test
    @DisplayName("R31, R38: without a platform thread, waits end and alarms come; with one again, it takes over")
    void without_a_platform_thread_waits_end_and_alarms_come() throws InterruptedException {
        threads.refusesPlatform = true;
        TimedAction keepsItBusy = keepBusy();
        CountDownLatch first = new CountDownLatch(1);
        timer.newAction(first::countDown).set(timer.nanoTime() + SOON);
        waitUntil(timer.nanoTime() + SOON);
        first.await();
        assertThat(threads.virtual).hasSize(1);

        threads.refusesPlatform = false;
        threads.virtual.getFirst().join(); // it has handed over
        CountDownLatch second = new CountDownLatch(1);
        timer.newAction(second::countDown).set(timer.nanoTime() + SOON);
        second.await();
        assertThat(threads.virtual).hasSize(1);
        keepsItBusy.release();
        threads.platform.getLast().join();
    }

    @Test
    @DisplayName("R38: the timer tries each second whether the JDK's timed parks work, until they do")
    void it_tries_whether_timed_parks_work_until_they_do() throws InterruptedException {
        TimedAction keepsItBusy = keepBusy();
        threads.unknown.await(); // after two seconds
        CountDownLatch later = new CountDownLatch(1);
        timer.newAction(later::countDown).set(timer.nanoTime() + 2_500_000_000L);
        later.await();
        assertThat(threads.trials).hasValue(3); // the third knew it
        keepsItBusy.release();
        threads.platform.getLast().join();
    }

    @Test
    @DisplayName(
            "R38: without any thread, waits end all the same, no call throws, and alarms come when there is one again")
    void without_any_thread_waits_end_all_the_same() throws InterruptedException {
        threads.refusesPlatform = true;
        threads.refusesVirtual = true;
        CountDownLatch rung = new CountDownLatch(1);
        timer.newAction(rung::countDown).set(timer.nanoTime() + SOON);
        for (int i = 0; i < 10; i++) {
            waitUntil(timer.nanoTime() + SOON);
        }
        assertThat(threads.platform).as("it is not tried for each").hasSizeLessThan(5);
        assertThat(rung.getCount()).isOne();

        threads.refusesPlatform = false;
        threads.refusesVirtual = false;
        while (rung.getCount() > 0) {
            waitUntil(timer.nanoTime() + SOON);
        }
    }

    @Test
    @DisplayName("R38: who waits for a thread that does not come is told, and waits by himself")
    void who_waits_for_a_thread_that_does_not_come_is_told() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch refuse = new CountDownLatch(1);
        SystemTimer slow = new SystemTimer(failures::add, new TimerThreads() {
            @Override
            Thread platform(Runnable body) {
                started.countDown();
                awaitUninterrupted(refuse);
                throw new OutOfMemoryError("on purpose");
            }

            @Override
            Thread virtual(Runnable body) {
                throw new OutOfMemoryError("on purpose");
            }
        });
        Thread starts = Thread.ofPlatform().start(() -> slow.newAction(() -> {}).set(SOON));
        started.await();
        AtomicBoolean over = new AtomicBoolean();
        Thread trusts = Thread.ofPlatform().start(() -> {
            TimedPark park = slow.newPark();
            long deadline = slow.nanoTime() + HOUR;
            while (!over.get()) {
                park.park(deadline);
            }
        });
        while (trusts.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        refuse.countDown();
        while (trusts.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        over.set(true);
        LockSupport.unpark(trusts);
        trusts.join();
        starts.join();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("an alarm that is called off while its action runs: the call returns when the action is over")
    void calling_off_waits_for_the_action() throws InterruptedException {
        CountDownLatch acting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        boolean[] over = {false};
        TimedAction alarm = timer.newAction(() -> {
            acting.countDown();
            awaitUninterrupted(goOn);
            over[0] = true;
        });
        alarm.set(timer.nanoTime());
        acting.await();
        Thread cancels = Thread.ofVirtual().start(() -> {
            Thread.currentThread().interrupt(); // which does not cut it short, and is not lost
            alarm.cancel();
            assertThat(over[0]).isTrue();
            assertThat(Thread.interrupted()).isTrue();
            over[0] = false;
        });
        assertThat(cancels.join(java.time.Duration.ofMillis(50))).isFalse();
        goOn.countDown();
        cancels.join();
        assertThat(over[0]).isFalse();
    }

    @Test
    @DisplayName("an action may set and call off its own alarm; one that was called off meanwhile stays so")
    void an_action_may_set_its_own_alarm() throws InterruptedException {
        CountDownLatch rung = new CountDownLatch(3);
        TimedAction[] alarm = new TimedAction[1];
        alarm[0] = timer.newAction(() -> {
            rung.countDown();
            alarm[0].cancel();
            alarm[0].set(timer.nanoTime() + SOON);
        });
        alarm[0].set(0);
        rung.await();
        alarm[0].cancel();
        assertThat(alarm[0].deadline).isEqualTo(Host.NEVER);
        alarm[0].release();
    }

    @Test
    @DisplayName("an alarm that is set to NEVER is called off")
    void never_calls_an_alarm_off() throws InterruptedException {
        TimedAction alarm = timer.newAction(() -> failures.add(new AssertionError("rung")));
        alarm.set(timer.nanoTime() + 20 * SOON);
        alarm.set(Host.NEVER);
        waitUntil(timer.nanoTime() + 30 * SOON);
        assertThat(failures).isEmpty();
    }

    private void waitUntil(long deadline) {
        TimedPark park = timer.newPark();
        long now = timer.nanoTime();
        while (now < deadline) {
            park.park(deadline);
            now = timer.nanoTime();
        }
        park.release();
    }

    @Test
    @DisplayName("a timer says nothing of itself while nothing goes wrong")
    void nothing_goes_wrong() throws InterruptedException {
        CountDownLatch rung = new CountDownLatch(1);
        timer.newAction(rung::countDown).set(0);
        assertThat(rung.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(failures).isEmpty();
    }
}
