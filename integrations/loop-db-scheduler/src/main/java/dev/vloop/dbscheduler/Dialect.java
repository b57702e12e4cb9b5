package dev.vloop.dbscheduler;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What differs from database to database: how it tells the time, and how the table is made. PostgreSQL and H2 are tested. */
enum Dialect {
    POSTGRESQL("select clock_timestamp()", "postgresql"),
    H2("select current_timestamp", "h2"),
    MARIADB("select utc_timestamp(6)", "mariadb"),
    SQL_SERVER("select sysdatetimeoffset()", null),
    ORACLE("select systimestamp from dual", null),
    OTHER("select current_timestamp", null);

    /** The table in a script, or an index of it. */
    private static final Pattern NAME = Pattern.compile("vloop_loops(_\\w+)?");

    private final String clock;

    private final @Nullable String script;

    Dialect(String clock, @Nullable String script) {
        this.clock = clock;
        this.script = script;
    }

    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        if (product.contains("postgresql")) {
            return POSTGRESQL;
        }
        if (product.equals("h2")) {
            return H2;
        }
        if (product.contains("mariadb") || product.contains("mysql")) {
            return MARIADB;
        }
        if (product.contains("microsoft")) {
            return SQL_SERVER;
        }
        return product.contains("oracle") ? ORACLE : OTHER;
    }

    /** {@return whether times are stored without a zone, so that they are written in UTC} */
    boolean isZoneless() {
        return this == MARIADB;
    }

    Instant now(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery(clock)) {
            result.next();
            return isZoneless()
                    ? result.getTimestamp(1, Calendar.getInstance(TimeZone.getTimeZone("UTC")))
                            .toInstant()
                    : result.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    /** Makes the table unless it is there. Instances may do so at the same time. */
    void createTable(Connection connection, String table) throws SQLException {
        if (script == null) {
            throw new SQLException(
                    "no script for the table on " + name() + ": see db-scheduler's, and name it " + table);
        }
        try (Statement statement = connection.createStatement()) {
            for (String command : commands(script(), table)) {
                create(connection, statement, command, table);
            }
        }
    }

    /** {@return the commands of a script for a table of that name} An index has a name without a schema: it is in that of its table. */
    static List<String> commands(String script, String table) {
        String plain = table.substring(table.lastIndexOf('.') + 1);
        String named = NAME.matcher(script).replaceAll(name -> name.group(1) == null ? table : plain + name.group(1));
        return Arrays.stream(named.split(";", -1))
                .filter(command -> !command.isBlank())
                .toList();
    }

    private static void create(Connection connection, Statement statement, String command, String table)
            throws SQLException {
        try {
            statement.execute(command);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) { // another instance may have been quicker, or this user may not make tables
            if (!connection.getAutoCommit()) {
                connection.rollback(); // PostgreSQL refuses everything until then
            }
            try (ResultSet there = statement.executeQuery("select count(*) from " + table)) {
                there.next();
            } catch (SQLException missing) {
                e.addSuppressed(missing);
                throw e;
            }
        }
    }

    private String script() {
        try (InputStream in = Dialect.class.getResourceAsStream("table-" + script + ".sql")) {
            if (in == null) {
                throw new IllegalStateException("no script " + script);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
