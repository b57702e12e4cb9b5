package dev.vloop.dbscheduler;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.HeartbeatConfig;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.vloop.CutSlots;
import dev.vloop.spi.ClusterPosition;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** Rows outlive a deployment: what is written here must be read by the versions before and after. */
    @Test
    void rows_and_their_ids_are_written_as_they_always_were() {
        ClusterPosition full = new ClusterPosition(
                TIME, TIME.plusSeconds(1), TIME.plusSeconds(2), 7, TIME.plusSeconds(3), true, false);
        LoopRow row = new LoopRow(full, TIME.plusSeconds(4), CutSlots.RUN_AGAIN);
        assertThat(new String(requireNonNull(new LoopRows().serialize(row)), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"runStart\":\"2026-11-27T01:02:03.123456789Z\",\"lastSlot\":\"2026-11-27T01:02:04.123456789Z\","
                                + "\"lastEnd\":\"2026-11-27T01:02:05.123456789Z\",\"slots\":7,\"next\":\"2026-11-27T01:02:06.123456789Z\","
                                + "\"admitted\":true,\"begun\":false,\"triggered\":\"2026-11-27T01:02:07.123456789Z\",\"cut\":\"RUN_AGAIN\"}");
        assertThat(LoopMember.idOf("guild 42: it's ö")).isEqualTo("guild+42%3A+it%27s+%C3%B6");
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
    void a_row_whose_holder_has_died_runs_again_or_is_let_go_but_a_trigger_is_over_and_takes_no_slot() {
        ClusterPosition begun = new ClusterPosition(TIME, null, null, 7, TIME.plusSeconds(3), true, true);
        for (CutSlots cut : CutSlots.values()) {
            assertThat(new LoopRow(begun, null, cut).afterCut()).isEqualTo(new LoopRow(begun.afterCut(cut), null, cut));
            assertThat(new LoopRow(begun, TIME, cut).afterCut()).isEqualTo(new LoopRow(begun, null, cut));
        }
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
    void a_loop_whose_name_is_too_long_for_the_column_has_an_id_of_its_own() {
        String name = "ö".repeat(100);
        assertThat(LoopMember.idOf(name)).hasSize(250).isNotEqualTo(LoopMember.idOf(name + "ö"));
        assertThat(LoopMember.idOf("x".repeat(250))).isEqualTo("x".repeat(250));
    }

    /** Says what it is, and nothing else. */
    private static Connection connectionTo(String product) {
        DatabaseMetaData data = (DatabaseMetaData) Proxy.newProxyInstance(
                DatabaseMetaData.class.getClassLoader(),
                new Class<?>[] {DatabaseMetaData.class},
                (proxy, method, arguments) -> product);
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> data);
    }

    @ParameterizedTest
    @CsvSource({
        "PostgreSQL,POSTGRESQL",
        "H2,H2",
        "MariaDB,MARIADB",
        "MySQL,MARIADB",
        "Microsoft SQL Server,SQL_SERVER",
        "Oracle,ORACLE",
        "DB2/LINUXX8664,OTHER"
    })
    void each_database_is_known_by_its_name(String product, Dialect dialect) throws SQLException {
        assertThat(Dialect.of(connectionTo(product))).isEqualTo(dialect);
        assertThat(dialect.isZoneless()).isEqualTo(dialect == Dialect.MARIADB);
    }

    @Test
    void a_database_without_a_script_says_what_to_do() {
        assertThatThrownBy(() -> Dialect.ORACLE.createTable(connectionTo("Oracle"), "bot.loops"))
                .isInstanceOf(SQLException.class)
                .hasMessage("no script for the table on ORACLE: see db-scheduler's, and name it bot.loops");
    }

    @Test
    void the_tables_of_all_databases_have_the_same_columns_with_microseconds_and_room_for_the_longest_name()
            throws IOException {
        List<String> columns = columns("postgresql").stream()
                .map(column -> column.split(" ", 2)[0])
                .toList();
        assertThat(columns).hasSize(12);
        for (String database : List.of("h2", "mariadb")) {
            List<String> others = columns(database);
            assertThat(others.stream().map(column -> column.split(" ", 2)[0]))
                    .as(database)
                    .isEqualTo(columns);
            assertThat(others)
                    .anyMatch(column -> column.startsWith("task_instance varchar(250)"))
                    .contains("picked_by varchar(50)")
                    .noneMatch(column -> column.matches("\\w+ (datetime|timestamp)( .*)?"));
        }
    }

    /** {@return the columns of a table, as its script has them} */
    private static List<String> columns(String database) throws IOException {
        try (InputStream script = DbSchedulerCluster.class.getResourceAsStream("table-" + database + ".sql")) {
            return new String(requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("    ") && !line.matches(" +(primary key|index) .*"))
                    .map(line -> line.strip().replaceFirst(",$", ""))
                    .toList();
        }
    }

    @Test
    void an_index_has_no_schema_in_its_name() {
        String script =
                "create table if not exists vloop_loops (x int);\ncreate index vloop_loops_x on vloop_loops (x);\n";
        assertThat(Dialect.commands(script, "bot.my_loops"))
                .map(String::strip)
                .containsExactly(
                        "create table if not exists bot.my_loops (x int)",
                        "create index my_loops_x on bot.my_loops (x)");
    }

    @Test
    void a_reading_of_the_clock_that_took_too_long_is_dropped_unless_it_is_the_first() {
        DatabaseClock clock = new DatabaseClock();
        long now = System.nanoTime();
        assertThat(clock.set(TIME, now - 200, now, 100)).isTrue(); // better than the machine's own
        assertThat(clock.set(TIME.plusSeconds(900), now - 200, now, 100)).isFalse();
        assertThat(clock.now()).isBetween(TIME, TIME.plusSeconds(60));
        assertThat(clock.set(TIME.plusSeconds(900), now - 200, now, 300)).isTrue();
        assertThat(clock.now()).isAfterOrEqualTo(TIME.plusSeconds(900));
    }

    @Test
    void a_reading_that_took_long_is_better_than_an_old_one() {
        DatabaseClock clock = new DatabaseClock();
        long now = System.nanoTime();
        assertThat(clock.set(
                        TIME,
                        now - Duration.ofMinutes(6).toNanos(),
                        now - Duration.ofMinutes(6).toNanos(),
                        100))
                .isTrue();
        assertThat(clock.set(TIME.plusSeconds(900), now - 200, now, 100)).isTrue();
    }

    @Test
    void the_clock_is_never_early_however_long_the_way_to_the_database_is() {
        DatabaseClock clock = new DatabaseClock();
        long now = System.nanoTime() + Duration.ofHours(1).toNanos();
        assertThat(clock.set(TIME, now - Duration.ofSeconds(40).toNanos(), now, Long.MAX_VALUE))
                .isTrue();
        assertThat(clock.now()).isBefore(TIME.minus(Duration.ofMinutes(59)).minusSeconds(30));
    }

    /** The watch looks twenty times in a lease, so a tenth of it is enough to interrupt the body before another instance begins. */
    @Test
    void a_claim_is_given_up_when_a_tenth_of_its_lease_is_left_and_not_before() {
        Instant[] now = {TIME};
        Execution execution = new Execution(TIME, new TaskInstance<>(LoopTask.NAME, "digest"));
        HeartbeatConfig lease = new HeartbeatConfig(Duration.ofSeconds(25), 4, Duration.ofSeconds(100));
        CurrentlyExecuting claim = new CurrentlyExecuting(execution, () -> now[0], lease);
        now[0] = TIME.plusSeconds(50);
        claim.heartbeat(true, now[0]);
        now[0] = TIME.plusSeconds(139);
        assertThat(LeaseWatch.isUnsure(claim)).isFalse();
        now[0] = TIME.plusSeconds(140);
        assertThat(LeaseWatch.isUnsure(claim)).isTrue();
    }

    @Test
    void rows_are_read_four_times_in_a_lease_and_at_least_every_ten_seconds() {
        assertThat(Keeper.pause(Duration.ofSeconds(2))).isEqualTo(Duration.ofMillis(500));
        assertThat(Keeper.pause(Duration.ofMinutes(20))).isEqualTo(Duration.ofSeconds(10));
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
