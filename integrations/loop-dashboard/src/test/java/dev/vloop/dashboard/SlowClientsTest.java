package dev.vloop.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients here are latches, on which a thread waits as on a connection. */
@Tag("real-time")
class SlowClientsTest {
    private static final Duration MOMENT = Duration.ofMillis(50);
    private static final Duration HOURS = Duration.ofHours(9);

    private final List<SlowClients> made = new ArrayList<>();

    /** Runs exchanges on the thread that asks. */
    private SlowClients clients(Duration patience) {
        SlowClients clients = new SlowClients("bot-dashboard", Runnable::run, patience);
        made.add(clients);
        return clients;
    }

    @AfterEach
    void close() {
        made.forEach(SlowClients::close);
        assertThat(Thread.interrupted()).isFalse();
    }

    /** Waits until somebody interrupts it. If nobody does, the test fails and does not hang. */
    private static void read() throws InterruptedIOException {
        try {
            boolean unused = new CountDownLatch(1).await(30, TimeUnit.SECONDS);
            throw new AssertionError("nobody has hung up");
        } catch (InterruptedException e) {
            throw new InterruptedIOException("hung up");
        }
    }

    private static final class Stuck extends OutputStream {
        private final boolean takesBytes;

        Stuck(boolean takesBytes) {
            this.takesBytes = takesBytes;
        }

        @Override
        public void write(int b) throws IOException {
            if (!takesBytes) {
                read();
            }
        }

        @Override
        public void flush() throws IOException {
            read();
        }

        @Override
        public void close() throws IOException {
            read();
        }
    }

    @Test
    void a_request_that_does_not_come_is_not_waited_for() {
        List<Object> seen = new ArrayList<>();
        clients(MOMENT).execute(() -> {
            try {
                read();
            } catch (IOException e) {
                seen.add(e.getMessage());
            }
        });
        assertThat(seen).containsExactly("hung up");
    }

    @Test
    void an_answer_that_nobody_takes_is_given_up() {
        OutputStream out = clients(MOMENT).watch(new Stuck(false));
        assertThatThrownBy(() -> out.write(1)).isInstanceOf(InterruptedIOException.class);
        assertThatThrownBy(() -> out.write(new byte[5])).isInstanceOf(InterruptedIOException.class);
        OutputStream flushed = clients(MOMENT).watch(new Stuck(true));
        assertThatThrownBy(flushed::flush).isInstanceOf(InterruptedIOException.class);
        assertThatThrownBy(flushed::close).isInstanceOf(InterruptedIOException.class);
    }

    @Test
    void each_piece_of_an_answer_has_its_own_time_and_all_of_it_arrives() throws IOException {
        List<Integer> pieces = new ArrayList<>();
        ByteArrayOutputStream arrived = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int from, int length) {
                pieces.add(length);
                super.write(bytes, from, length);
            }
        };
        byte[] answer = new byte[40_000];
        for (int i = 0; i < answer.length; i++) {
            answer[i] = (byte) (i * 31);
        }
        OutputStream out = clients(HOURS).watch(arrived);
        out.write(answer);
        out.write(answer, 39_990, 10);
        assertThat(pieces).containsExactly(16_384, 16_384, 7_232, 10);
        assertThat(arrived.toByteArray()).startsWith(answer).hasSize(40_010);
    }

    @Test
    void a_thread_that_does_something_else_by_now_is_not_interrupted() {
        SlowClients clients = clients(HOURS);
        clients.await();
        Runnable first = clients.alarmOfThisThread();
        clients.await(); // for something else: the first wait is over
        first.run();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        Runnable second = clients.alarmOfThisThread();
        clients.came();
        second.run();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(clients.alarmOfThisThread()).isNull();
        clients.came(); // a second call does nothing
    }

    @Test
    void an_exchange_that_is_over_leaves_no_alarm() {
        SlowClients clients = clients(HOURS);
        clients.execute(() -> assertThat(clients.alarmOfThisThread()).isNotNull());
        assertThat(clients.alarmOfThisThread()).isNull();
        assertThat(clients.pending()).isZero();
        assertThatThrownBy(() -> clients.execute(() -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        assertThat(clients.alarmOfThisThread()).isNull();
    }

    @Test
    void who_still_answers_when_the_server_is_closed_is_not_disturbed() throws IOException {
        SlowClients clients = clients(HOURS);
        clients.close();
        ByteArrayOutputStream arrived = new ByteArrayOutputStream();
        clients.watch(arrived).write(7);
        assertThat(arrived.toByteArray()).containsExactly(7);
    }

    @Test
    void the_threads_of_a_server_go_when_nobody_looks_and_few_requests_may_wait() {
        try (var threads = DaemonThreads.pool("bot-dashboard")) {
            assertThat(threads.allowsCoreThreadTimeOut()).isTrue();
            assertThat(threads.getKeepAliveTime(TimeUnit.SECONDS)).isEqualTo(5);
            assertThat(threads.getMaximumPoolSize()).isEqualTo(64).isGreaterThan(LiveUpdates.MOST + 16);
            assertThat(threads.getQueue().remainingCapacity()).isEqualTo(256);
        }
    }
}
