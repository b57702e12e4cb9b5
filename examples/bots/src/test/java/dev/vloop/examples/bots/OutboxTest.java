package dev.vloop.examples.bots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.testkit.LoopTest;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;

/** What docs/bots.md says of the outbox, in virtual time. {@code NgircdTest} has a real server. */
class OutboxTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Outbox outbox = new Outbox();

    private Loop speaker(TestLoops loops, Wire wire) {
        return IrcNews.speaker(loops, outbox, wire, SECOND, Duration.ofSeconds(30));
    }

    private void add(String... lines) {
        for (String line : lines) {
            outbox.add(line);
        }
    }

    @LoopTest
    void a_line_is_said_in_each_iteration(TestLoops loops) {
        FakeWire wire = new FakeWire(loops);
        add("a", "b", "c");
        speaker(loops, wire);
        loops.advance(Duration.ofSeconds(5));
        assertThat(wire.said()).containsExactly("0 a", "1 b", "2 c");
        assertThat(outbox.isEmpty()).isTrue();
    }

    @LoopTest
    void an_attempt_that_times_out_waits_on_for_the_same_line(TestLoops loops) {
        FakeWire wire = new FakeWire(loops).takes(Duration.ofSeconds(100));
        add("a", "b");
        Loop speaker = speaker(loops, wire);
        loops.advance(Duration.ofSeconds(99));
        assertThat(speaker.status().retries()).as("attempts that timed out").isGreaterThanOrEqualTo(2);
        assertThat(wire.said()).containsExactly("0 a");
        loops.advance(Duration.ofSeconds(200));
        assertThat(wire.said()).hasSize(2).last().asString().endsWith(" b");
    }

    @LoopTest
    void a_line_whose_connection_was_lost_is_said_again(TestLoops loops) {
        FakeWire wire = new FakeWire(loops);
        wire.losesTheNext();
        add("a", "b");
        speaker(loops, wire);
        loops.advance(Duration.ofSeconds(10));
        assertThat(wire.said()).hasSize(3).first().isEqualTo("0 a");
        assertThat(wire.said().get(1)).endsWith(" a");
        assertThat(wire.said().get(2)).endsWith(" b");
    }

    @LoopTest
    void a_bot_that_is_back_says_the_next_line_at_once(TestLoops loops) {
        FakeWire wire = new FakeWire(loops);
        wire.connected(false);
        add("a");
        speaker(loops, wire);
        loops.advance(Duration.ofMinutes(30)); // by now it backs off for minutes
        wire.connected(true);
        IrcNews.reconnected(loops);
        loops.settle();
        assertThat(wire.said()).containsExactly("1800 a");
        IrcNews.reconnected(loops); // a loop that waits for its slot is left alone
        add("b");
        loops.settle();
        assertThat(wire.said()).hasSize(1);
    }

    @LoopTest
    void what_waits_is_said_at_the_end_and_the_line_on_its_way_only_once(TestLoops loops) {
        FakeWire wire = new FakeWire(loops).takes(Duration.ofSeconds(2));
        add("a", "b", "c");
        Loop speaker = speaker(loops, wire);
        loops.advance(SECOND);
        speaker.cancel(); // "a" is on its way
        assertThat(loops.awaitEnd(speaker).isCancelled()).isTrue();
        assertThat(wire.said()).containsExactly("0 a", "2 b", "4 c");
        assertThat(loops.elapsed()).isEqualTo(Duration.ofSeconds(6));
    }
}
