package dev.vloop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.testkit.TimelineEntry.What;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A timeline as text")
class TimelineTableTest {
    private final List<TimelineEntry> entries = new ArrayList<>();

    private void at(long second, String loop, What what, long iteration, String detail) {
        entries.add(new TimelineEntry(Duration.ofSeconds(second), Instant.EPOCH, loop, what, iteration, detail));
    }

    private void ok(long second, String loop, long iteration) {
        at(second, loop, What.ITERATION, iteration, "");
        at(second, loop, What.SUCCESS, iteration, "");
    }

    private void assertLines(String... lines) {
        assertText(0, null, lines);
    }

    private void assertText(long forgotten, @Nullable String failure, String... lines) {
        assertThat(new TimelineTable("title", entries, forgotten, Duration.ofSeconds(99), failure)
                        .text()
                        .lines())
                .containsExactly(lines);
    }

    @Test
    void has_a_column_for_each_loop_and_a_row_for_each_instant() {
        at(0, "a", What.START, -1, "");
        ok(0, "a", 0);
        at(0, "b", What.START, -1, "");
        at(1, "b", What.ITERATION, 0, "");
        assertLines(
                "title",
                "    time      a              b",
                "    00:00:00  starts, #0 ok  starts",
                "    00:00:01                 #0 begins");
    }

    @Test
    void has_a_word_for_all_that_can_happen() {
        at(0, "a", What.ITERATION, 3, "");
        at(1, "a", What.RETRY, 3, "attempt 2");
        at(2, "a", What.CANCELLED, 3, "");
        at(3, "a", What.MISSED, -1, "missed 2");
        at(4, "a", What.FAILURE, 3, "failed, retry: IOException");
        at(5, "a", What.FAILURE, -1, "afterLoop threw");
        at(6, "a", What.END, -1, "stopped after 3 iterations");
        at(7, "a", What.END, -1, "failed after 3 iterations");
        assertLines(
                "title",
                "    time      a",
                "    00:00:00  #3 begins",
                "    00:00:01  #3 attempt 2",
                "    00:00:02  #3 cut short",
                "    00:00:03  missed 2",
                "  ! 00:00:04  #3 failed, retry: IOException",
                "  ! 00:00:05  afterLoop threw",
                "    00:00:06  => stopped after 3 iterations",
                "  ! 00:00:07  => failed after 3 iterations");
    }

    @Test
    void tells_an_iteration_that_begins_and_ends_at_one_instant_once() {
        at(0, "a", What.ITERATION, 0, "");
        at(0, "a", What.CANCELLED, 0, "");
        at(1, "a", What.ITERATION, 1, "");
        at(1, "a", What.FAILURE, 1, "failed");
        at(2, "a", What.ITERATION, 2, "");
        at(2, "a", What.SUCCESS, 1, "");
        assertLines(
                "title",
                "    time      a",
                "    00:00:00  #0 cut short",
                "  ! 00:00:01  #1 failed",
                "    00:00:02  #2 begins, #1 ok");
    }

    @Test
    void folds_five_rows_that_say_the_same_at_equal_distances() {
        for (int i = 0; i < 6; i++) {
            ok(i, "a", i);
        }
        assertLines(
                "title",
                "    time      a",
                "    00:00:00  #0 ok",
                "    :         : 4 more, every 1s",
                "    00:00:05  #5 ok");
        entries.subList(10, 12).clear();
        assertLines(
                "title",
                "    time      a",
                "    00:00:00  #0 ok",
                "    :         : 3 more, every 1s",
                "    00:00:04  #4 ok");
        entries.subList(8, 10).clear();
        assertLines(
                "title",
                "    time      a",
                "    00:00:00  #0 ok",
                "    00:00:01  #1 ok",
                "    00:00:02  #2 ok",
                "    00:00:03  #3 ok");
    }

    @Test
    void folds_up_to_a_row_at_another_distance_or_of_another_kind_or_loop() {
        for (int i = 0; i < 5; i++) {
            ok(i, "a", i);
        }
        ok(6, "a", 5);
        for (int i = 0; i < 5; i++) {
            ok(10 + i, "b", i);
        }
        at(15, "b", What.ITERATION, 5, "");
        at(16, "b", What.SUCCESS, 5, "");
        ok(17, "a", 6);
        ok(17, "b", 6);
        assertLines(
                "title",
                "    time      a                   b",
                "    00:00:00  #0 ok",
                "    :         : 3 more, every 1s",
                "    00:00:04  #4 ok",
                "    00:00:06  #5 ok",
                "    00:00:10                      #0 ok",
                "    :                             : 3 more, every 1s",
                "    00:00:14                      #4 ok",
                "    00:00:15                      #5 begins",
                "    00:00:16                      #5 ok",
                "    00:00:17  #6 ok               #6 ok");
    }

    @Test
    void folds_no_row_of_two_loops_and_none_with_a_failure() {
        for (int i = 0; i < 6; i++) {
            ok(i, "a", i);
            at(i, i % 2 == 0 ? "a" : "b", i % 2 == 0 ? What.FAILURE : What.ITERATION, i, "failed");
        }
        assertLines(
                "title",
                "    time      a                 b",
                "  ! 00:00:00  #0 ok, #0 failed",
                "    00:00:01  #1 ok             #1 begins",
                "  ! 00:00:02  #2 ok, #2 failed",
                "    00:00:03  #3 ok             #3 begins",
                "  ! 00:00:04  #4 ok, #4 failed",
                "    00:00:05  #5 ok             #5 begins");
    }

    @Test
    void folds_only_iterations_that_succeed() {
        for (int i = 0; i < 6; i++) {
            at(i, "a", What.MISSED, -1, "missed 1");
        }
        assertThat(text().lines())
                .hasSize(8)
                .filteredOn(line -> line.endsWith("missed 1"))
                .hasSize(6);
    }

    @Test
    void has_no_column_for_the_clock_even_if_that_changes_first() {
        at(0, "", What.CLOCK, -1, "clock +1h");
        at(1, "a", What.START, -1, "");
        at(1, "b", What.START, -1, "");
        assertLines(
                "title",
                "    time      a                b",
                "    00:00:00  -- clock +1h --",
                "    00:00:01  starts           starts");
    }

    @Test
    void folds_no_rows_of_two_loops_in_turn() {
        for (int i = 0; i < 6; i++) {
            ok(i, i % 2 == 0 ? "a" : "b", i);
        }
        assertLines(
                "title",
                "    time      a      b",
                "    00:00:00  #0 ok",
                "    00:00:01         #1 ok",
                "    00:00:02  #2 ok",
                "    00:00:03         #3 ok",
                "    00:00:04  #4 ok",
                "    00:00:05         #5 ok");
    }

    @Test
    void has_one_column_for_more_than_five_loops() {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            at(0, name, What.START, -1, "");
        }
        assertLines(
                "title",
                "    time      a       b       c       d       e",
                "    00:00:00  starts  starts  starts  starts  starts");
        at(1, "f", What.FAILURE, 0, "failed");
        assertLines(
                "title",
                "    time",
                "    00:00:00  a: starts",
                "    00:00:00  b: starts",
                "    00:00:00  c: starts",
                "    00:00:00  d: starts",
                "    00:00:00  e: starts",
                "  ! 00:00:01  f: #0 failed");
    }

    @Test
    void shows_a_change_of_the_clock_across_the_columns() {
        at(0, "a", What.START, -1, "");
        at(0, "", What.CLOCK, -1, "clock +1h");
        at(0, "", What.CLOCK, -1, "clock +2h");
        at(5, "", What.CLOCK, -1, "clock +3h");
        assertLines(
                "title",
                "    time      a",
                "    00:00:00  -- clock +1h, clock +2h --",
                "    00:00:00  starts",
                "    00:00:05  -- clock +3h --");
    }

    @Test
    void leaves_out_all_but_the_last_sixty_rows() {
        for (int i = 0; i < 60; i++) {
            at(i, "a", What.MISSED, -1, "missed " + i);
        }
        assertThat(text().lines()).hasSize(62).element(2).isEqualTo("    00:00:00  missed 0");
        for (int i = 60; i < 63; i++) {
            at(i, "a", What.MISSED, -1, "missed " + i);
        }
        assertThat(text().lines()).hasSize(63).element(2).isEqualTo("    :         : 3 rows before");
        assertThat(text().lines()).element(3).isEqualTo("    00:00:03  missed 3");
        assertThat(text().lines()).last().isEqualTo("    00:01:02  missed 62");
    }

    private String text() {
        return new TimelineTable("title", entries, 0, Duration.ZERO, null).text();
    }

    @Test
    void shortens_a_long_text_and_has_no_line_breaks_in_a_row() {
        at(0, "a", What.MISSED, -1, "x".repeat(72));
        at(1, "a", What.MISSED, -1, "x".repeat(73));
        at(2, "a", What.MISSED, -1, "two\nlines");
        assertLines(
                "title",
                "    time      a",
                "    00:00:00  " + "x".repeat(72),
                "    00:00:01  " + "x".repeat(69) + "...",
                "    00:00:02  two lines");
    }

    @Test
    void tells_how_many_are_forgotten_and_where_the_test_failed() {
        at(0, "a", What.START, -1, "");
        assertText(
                7,
                "the failure",
                "title",
                "  (7 older entries are forgotten)",
                "    time      a",
                "    00:00:00  starts",
                ">>> 00:01:39  the failure");
    }

    @Test
    void may_be_empty() {
        assertLines("title", "    time");
    }

    @Test
    void of_one_loop_leaves_out_the_others_and_keeps_the_clock() {
        at(0, "a", What.START, -1, "");
        at(0, "b", What.START, -1, "");
        at(0, "", What.CLOCK, -1, "clock +1h");
        Timeline timeline = new Timeline("title", entries, 3, Duration.ofSeconds(5));
        assertThat(timeline.of("a").entries()).containsExactly(entries.get(0), entries.get(2));
        assertThat(timeline.of("a").forgotten()).isEqualTo(3);
        assertThat(timeline.of("a").toString())
                .contains("starts")
                .contains("clock +1h")
                .doesNotContain(" b");
        assertThat(timeline.failedWith("broken")).endsWith("\n>>> 00:00:05  broken");
        assertThat(timeline.toString()).isEqualTo(timeline.failedWith(null));
    }
}
