package dev.vloop.dashboard;

import dev.vloop.LoopBuilder;
import dev.vloop.testkit.Finding;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;

/** A runtime in virtual time, and a page of it without a server. */
abstract class PageTest {
    static final Instant ORIGIN = Instant.parse("2000-01-01T00:00:00Z");

    final LoopHistory history = new LoopHistory();

    final TestLoops loops = TestLoops.builder()
            .startAt(ORIGIN)
            .settings(builder -> builder.name("bot").listener(history))
            .tolerate(Finding.UNSEEN_FAILURE)
            .create();

    /** Every look is a new one. */
    final Settings settings =
            new Settings(loops).history(history).zone(ZoneOffset.UTC).period(Duration.ZERO);

    private final List<String> audit = new CopyOnWriteArrayList<>();
    private final Handler auditor = new Handler() {
        @Override
        public void publish(LogRecord line) {
            audit.add(line.getLevel() + " " + line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** Is kept: a logger that nobody holds is forgotten with its handlers. */
    private final Logger auditLogger = Logger.getLogger("dev.vloop.audit");

    PageTest() {
        auditLogger.addHandler(auditor);
        auditLogger.setUseParentHandlers(false);
    }

    @AfterEach
    void closeRuntime() {
        auditLogger.removeHandler(auditor);
        loops.close();
    }

    /** {@return what was logged of actions} */
    final List<String> audited() {
        return audit;
    }

    static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    final LoopBuilder everySecond(String name) {
        return loops.loop(name).every(seconds(1));
    }

    /** {@return the page's answer to somebody whom a framework has let in} */
    final DashboardResponse answer(Ask ask) {
        return settings.handler().handle(ask);
    }

    /** {@return what the page shows at an address} */
    final String page(String address) {
        return Ask.text(answer(Ask.get(address)));
    }

    /** {@return the names in the list that the page shows at an address, in its order} */
    final List<String> listed(String address) {
        return all("<a class=l [^>]*><bdi>(.*?)</bdi>", page(address));
    }

    /** {@return the first group of each match} */
    static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(PageTest::first)
                .toList();
    }

    private static String first(MatchResult match) {
        return match.group(1);
    }

    /** {@return the row of a loop in the list} */
    final String row(String name) {
        return all("<tr id=\"l:" + Pattern.quote(name) + "\"(.*?)</tr>", page("/?size=500"))
                .getFirst();
    }
}
