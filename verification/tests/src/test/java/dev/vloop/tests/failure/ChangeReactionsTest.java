package dev.vloop.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Backoff;
import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.Reaction;
import dev.vloop.Reactions;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.sql.SQLTransientException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R27: the reactions of a loop can be changed while it lives")
class ChangeReactionsTest extends VirtualTimeTest {
    /** What the body throws; null for nothing. */
    private volatile Exception thrown = new SQLTransientException("no database");

    private LoopBuilder failing() {
        return everySecond()
                .backoff(Backoff.fixed(seconds(10)))
                .onFailure(failure -> note(String.valueOf(failure.reaction())));
    }

    private Loop start(LoopBuilder builder) {
        Loop loop = builder.build(it -> {
            if (it.index() > 0) {
                throw thrown;
            }
        });
        return loop.start();
    }

    @Test
    void a_type_that_is_added_is_retried_from_the_next_failure_on() {
        Loop loop = start(failing());
        loop.changeReactions(reactions -> reactions.retryOn(SQLTransientException.class));
        loops.advance(seconds(12));
        assertThat(events).containsExactly("before 0", "RETRY 1", "RETRY 11");
    }

    @Test
    void a_type_that_is_removed_fails_the_run_from_the_next_failure_on() {
        thrown = new IOException("no network");
        Loop loop = start(failing());
        loops.advance(seconds(2));
        loop.changeReactions(reactions -> reactions.remove(IOException.class));
        loops.advance(seconds(20));
        assertThat(events).containsExactly("before 0", "RETRY 1", "FAIL 11", "after Failed 11");
    }

    @Test
    void a_type_that_is_removed_leaves_the_decision_to_a_wider_one() {
        thrown = new FileNotFoundException("no file");
        Loop loop = start(failing().failOn(FileNotFoundException.class));
        loop.changeReactions(reactions -> reactions.remove(FileNotFoundException.class));
        loops.advance(seconds(2));
        assertThat(events).containsExactly("before 0", "RETRY 1");
    }

    @Test
    void a_type_that_nobody_named_can_be_removed() {
        Loop loop = start(failing().continueOn(SQLTransientException.class));
        loop.changeReactions(reactions -> reactions.remove(IllegalStateException.class));
        loops.advance(seconds(1));
        assertThat(events).containsExactly("before 0", "CONTINUE 1");
    }

    @Test
    void all_can_be_cleared_the_defaults_included_and_others_be_named_after_that() {
        thrown = new IOException("no network");
        Loop loop = start(failing());
        loop.changeReactions(reactions -> reactions.clear().continueOn(SQLTransientException.class));
        loops.advance(seconds(2));
        assertThat(events).containsExactly("before 0", "FAIL 1", "after Failed 1");
        events.clear();
        thrown = new SQLTransientException("no database");
        loop.start();
        loops.advance(seconds(1));
        assertThat(events).containsExactly("before 2", "CONTINUE 3");
    }

    @Test
    void each_reaction_can_be_named() {
        Loop loop = start(failing());
        loop.changeReactions(reactions -> reactions.continueOn(SQLTransientException.class));
        loops.advance(seconds(1));
        loop.changeReactions(reactions -> reactions.on(
                SQLTransientException.class,
                e -> e.getMessage().equals("no database") ? Reaction.RETRY : Reaction.FAIL));
        loops.advance(seconds(1));
        loop.changeReactions(reactions -> reactions.failOn(SQLTransientException.class));
        loops.advance(seconds(10));
        assertThat(events).containsExactly("before 0", "CONTINUE 1", "RETRY 2", "FAIL 12", "after Failed 12");
    }

    @Test
    void a_change_keeps_what_earlier_ones_have_named() {
        Loop loop = start(failing());
        loop.changeReactions(reactions -> reactions.continueOn(SQLTransientException.class));
        loop.changeReactions(reactions -> reactions.failOn(IOException.class));
        loops.advance(seconds(1));
        assertThat(events).containsExactly("before 0", "CONTINUE 1");
        assertThat(loop.describe().get("reactions"))
                .contains("SQLTransientException CONTINUE")
                .contains("java.io.IOException FAIL");
    }

    @Test
    void they_outlive_the_run_and_what_is_changed_on_an_idle_loop_holds_for_the_next() {
        Loop loop = start(failing());
        loops.advance(seconds(5));
        assertThat(events).containsExactly("before 0", "FAIL 1", "after Failed 1");
        events.clear();
        loop.changeReactions(reactions -> reactions.retryOn(SQLTransientException.class));
        loop.start();
        loops.advance(seconds(2));
        loop.restart();
        loops.advance(seconds(2));
        assertThat(events).containsExactly("before 5", "RETRY 6", "after Cancelled 7", "before 7", "RETRY 8");
    }

    @Test
    void what_the_loop_tells_of_its_reactions_follows() {
        Loop loop = start(failing());
        loop.changeReactions(reactions -> reactions.clear().continueOn(SQLTransientException.class));
        assertThat(loop.describe().get("reactions"))
                .contains("SQLTransientException")
                .doesNotContain("IOException");
    }

    @Test
    void another_loop_of_the_same_settings_keeps_its_own() {
        LoopBuilder builder = failing();
        Loop changed = start(builder);
        changed.changeReactions(reactions -> reactions.retryOn(SQLTransientException.class));
        changed.cancel();
        loops.settle();
        events.clear();
        start(builder);
        loops.advance(seconds(2));
        assertThat(events).containsExactly("before 0", "FAIL 1", "after Failed 1");
    }

    @Test
    void a_change_from_the_body_holds_for_what_that_body_throws() {
        everySecond()
                .count(1)
                .onFailure(failure -> note(String.valueOf(failure.reaction())))
                .start(it -> {
                    it.loop().changeReactions(reactions -> reactions.continueOn(IllegalStateException.class));
                    throw new IllegalStateException("body");
                });
        loops.settle();
        assertThat(events).containsExactly("before 0", "CONTINUE 0", "after Completed 0");
    }

    @Test
    void a_function_that_throws_changes_nothing_and_its_caller_hears_of_it() {
        Loop loop = start(failing());
        assertThatThrownBy(() -> loop.changeReactions(reactions -> {
                    reactions.retryOn(SQLTransientException.class);
                    throw new IllegalStateException("changed my mind");
                }))
                .hasMessage("changed my mind");
        loops.advance(seconds(2));
        assertThat(events).containsExactly("before 0", "FAIL 1", "after Failed 1");
    }

    @Test
    void after_the_call_its_argument_is_refused() {
        Loop loop = start(failing());
        AtomicReference<Reactions> kept = new AtomicReference<>();
        loop.changeReactions(kept::set);
        assertThatThrownBy(() -> kept.get().clear())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("changeReactions");
    }
}
