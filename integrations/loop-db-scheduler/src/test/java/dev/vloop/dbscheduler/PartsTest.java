package dev.vloop.dbscheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vloop.CutSlots;
import dev.vloop.spi.ClusterPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R40: rows, the clock and the settings of a cluster on a database")
class PartsTest {
    private static final Instant TIME = Instant.parse("2026-11-27T01:02:03.123456789Z");

    private static LoopRow readBack(LoopRow row) {
        LoopRows rows = new LoopRows();
        byte[] stored = rows.serialize(row);
        assertThat(stored).isNotNull();
        return rows.deserialize(LoopRow.class, stored);
    }

    @Test
    void a_row_is_read_as_it_was_written() {
        ClusterPosition full =
                new ClusterPosition(TIME, TIME.plusSeconds(1), TIME.plusSeconds(2), 7, TIME.plusSeconds(3), true, true);
        LoopRow row = new LoopRow(full, TIME.plusSeconds(4), CutSlots.RUN_AGAIN);
        assertThat(readBack(row)).isEqualTo(row);
        LoopRow first = new LoopRow(ClusterPosition.first(TIME), null, CutSlots.LET_GO);
        assertThat(readBack(first)).isEqualTo(first);
    }

    @Test
    void a_row_of_a_later_version_is_read_without_what_is_not_known() {
        assertThat(LoopRows.read("{\"new\":\"x\", \"runStart\":\"2026-01-01T00:00:00Z\",\"slots\":3,\"other\":true}"))
                .isEqualTo(new LoopRow(
                        new ClusterPosition(Instant.parse("2026-01-01T00:00:00Z"), null, null, 3, null, false, false),
                        null,
                        CutSlots.LET_GO));
    }

    @Test
    void a_row_is_never_due_before_its_slot_though_databases_store_microseconds() {
        LoopRow row = new LoopRow(new ClusterPosition(TIME, null, null, 0, TIME, false, false), null, CutSlots.LET_GO);
        assertThat(row.due()).isEqualTo(Instant.parse("2026-11-27T01:02:03.123457Z"));
    }

    @Test
    void a_slot_that_no_database_can_store_is_due_at_the_last_time_that_each_can() {
        LoopRow row =
                new LoopRow(new ClusterPosition(TIME, null, null, 0, Instant.MAX, false, false), null, CutSlots.LET_GO);
        assertThat(row.due()).isEqualTo(Instant.parse("9999-01-01T00:00:00Z"));
    }

    @Test
    void only_what_would_run_here_is_picked() {
        assertThat(AcceptedLoops.condition(List.of())).isEqualTo(" and 1 = 0");
        assertThat(AcceptedLoops.condition(List.of("a", "b")))
                .isEqualTo(" and task_name = 'vloop' and (task_instance in ('a','b'))");
        assertThat(AcceptedLoops.condition(Collections.nCopies(501, "x"))).endsWith(" or task_instance in ('x'))");
    }

    @Test
    void a_loop_of_any_name_has_an_id_without_quotes() {
        assertThat(LoopMember.idOf("it's a \"loop\" \\ 100%")).matches("[\\w.*+%-]+");
        assertThat(LoopMember.idOf("digest")).isEqualTo("digest");
    }

    @Test
    void a_reading_of_the_clock_that_took_too_long_is_dropped() {
        DatabaseClock clock = new DatabaseClock();
        long now = System.nanoTime();
        assertThat(clock.set(TIME, now - 200, now, 100)).isFalse();
        assertThat(clock.now()).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(clock.set(TIME, now - 200, now, 300)).isTrue();
        assertThat(clock.now()).isBetween(TIME, TIME.plusSeconds(60));
    }

    @Test
    void wrong_settings_are_refused() {
        DbSchedulerCluster.Builder builder = DbSchedulerCluster.builder(new JdbcDataSource());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.instance(" "))
                .withMessageContaining("instance");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.instance("x".repeat(51)))
                .withMessageContaining("50");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.lease(Duration.ofMillis(999)))
                .withMessageContaining("PT0.999S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.table("x; drop table y"))
                .withMessageContaining("x; drop table y");
    }
}
