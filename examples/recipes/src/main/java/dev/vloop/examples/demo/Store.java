package dev.vloop.examples.demo;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * A real database in a real file. It uses H2's {@code async:} files, because an interrupt would close an ordinary file and with it the
 * whole database. It does without H2's own shutdown hook, which would close the database before the last flush. Thread-safe.
 */
final class Store implements AutoCloseable {
    private final String url;

    /** The database lives as long as this is open. */
    private final Connection keeper;

    Store(Path folder) throws SQLException {
        url = "jdbc:h2:async:" + folder.resolve("messages") + ";DB_CLOSE_ON_EXIT=FALSE";
        keeper = DriverManager.getConnection(url);
        try (Statement statement = keeper.createStatement()) {
            // There is no key, so that a message that was written twice shows up.
            statement.execute("create table message(id bigint not null, text varchar not null)");
            statement.execute("create table progress(written bigint not null)");
            statement.execute("insert into progress values(0)");
        }
    }

    /**
     * Writes all messages or none. It leaves out those that were written before.
     *
     * @param patience how long to wait for a lock
     * @throws java.sql.SQLTransientException if another connection holds the lock for longer
     */
    void write(List<Message> messages, Duration patience) throws SQLException {
        try (Connection connection = begin(patience);
                Statement statement = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement("insert into message values(?, ?)")) {
            long written = lockedProgress(statement);
            for (Message message : messages) {
                if (message.id() <= written) {
                    continue;
                }
                insert.setLong(1, message.id());
                insert.setString(2, message.text());
                insert.addBatch();
                written = message.id();
            }
            insert.executeBatch();
            statement.execute("update progress set written = " + written);
            connection.commit();
        }
    }

    /** {@return a connection that holds the lock that every write needs, until it is closed} */
    Connection lock() throws SQLException {
        Connection connection = begin(Duration.ofSeconds(5));
        try (Statement statement = connection.createStatement()) {
            lockedProgress(statement);
        }
        return connection;
    }

    /** {@return how many rows there are} */
    long rows() throws SQLException {
        return number("select count(*) from message");
    }

    /** {@return how many different messages there are} */
    long different() throws SQLException {
        return number("select count(distinct id) from message");
    }

    @Override
    public void close() throws SQLException {
        keeper.close();
    }

    private Connection begin(Duration patience) throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout " + patience.toMillis());
        }
        return connection;
    }

    private static long lockedProgress(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select written from progress for update")) {
            row.next();
            return row.getLong(1);
        }
    }

    private long number(String query) throws SQLException {
        try (Statement statement = keeper.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
