package dev.vloop.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.spi.Host;
import dev.vloop.testkit.engine.ThreadReport.Doing;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A picture of a thread")
class ThreadReportTest {
    private static final Thread THREAD = new Thread(() -> {}, "feed");
    private static final StackTraceElement GET_TASK =
            new StackTraceElement("java.util.concurrent.ThreadPoolExecutor", "getTask", "ThreadPoolExecutor.java", 1);
    private static final StackTraceElement USERS = new StackTraceElement("com.acme.Bot", "answer", "Bot.java", 3);

    private static String text(Doing doing, long deadline, StackTraceElement... stack) {
        return new ThreadReport(THREAD, doing, deadline, List.of(stack)).text();
    }

    @Test
    void says_what_it_does_and_until_when_and_where() {
        assertThat(text(Doing.NEW, Host.NEVER)).isEqualTo("'feed' has not begun");
        assertThat(text(Doing.READY, 5)).isEqualTo("'feed' is ready to run");
        assertThat(text(Doing.RUNNING, 5)).isEqualTo("'feed' runs (NEW)");
        assertThat(text(Doing.SLEEPING, 60_000_000_000L)).isEqualTo("'feed' sleeps until PT1M");
        assertThat(text(Doing.PARKED, Host.NEVER)).isEqualTo("'feed' is parked without end");
        assertThat(text(Doing.PARKED, 1_000_000_000L)).isEqualTo("'feed' is parked until PT1S");
        assertThat(text(Doing.EXTERNAL, 5)).isEqualTo("'feed' does external work");
        assertThat(text(Doing.ENDED, 5, USERS, GET_TASK))
                .isEqualTo("'feed' has ended\n        at " + USERS + "\n        at " + GET_TASK);
    }

    @Test
    void knows_a_worker_of_a_pool_that_waits_for_work() {
        StackTraceElement runs = new StackTraceElement("java.util.concurrent.ThreadPoolExecutor", "runWorker", null, 1);
        StackTraceElement users = new StackTraceElement("com.acme.Queue", "getTask", null, 1);
        assertThat(new ThreadReport(THREAD, Doing.PARKED, 0, List.of(USERS, GET_TASK)).isIdleWorker())
                .isTrue();
        assertThat(new ThreadReport(THREAD, Doing.PARKED, 0, List.of(users, runs)).isIdleWorker())
                .isFalse();
        assertThat(new ThreadReport(THREAD, Doing.PARKED, 0, List.of()).isIdleWorker())
                .isFalse();
    }
}
