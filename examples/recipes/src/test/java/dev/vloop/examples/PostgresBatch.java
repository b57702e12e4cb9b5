package dev.vloop.examples;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Messages on their way to PostgreSQL. Messages that could not be written stay here and are written again. By a message's id the
 * database knows whether it has it already. Thread-safe.
 */
final class PostgresBatch implements Batch {
    private static final int ARRIVE_AT_ONCE = 10;

    private final String url;
    private final ReentrantLock lock = new ReentrantLock();

    // guarded by lock
    private final List<Long> waiting = new ArrayList<>();
    private long produced;
    private long sent;

    PostgresBatch(String url) {
        this.url = url;
    }

    /** Makes an empty table. */
    static void createTable(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists message");
            statement.execute("create table message(id bigint primary key, text text not null)");
        }
    }

    /** Makes that many more messages arrive. */
    void add(int more) {
        lock.lock();
        try {
            for (int i = 0; i < more; i++) {
                waiting.add(++produced);
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return how many messages have arrived so far; their ids count from 1} */
    long produced() {
        lock.lock();
        try {
            return produced;
        } finally {
            lock.unlock();
        }
    }

    /** {@return how many rows were sent to the database, repetitions included} */
    long sent() {
        lock.lock();
        try {
            return sent;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void update() throws SQLException {
        if (isEmpty()) {
            add(ARRIVE_AT_ONCE);
        }
        flush();
    }

    @Override
    public void flush() throws SQLException {
        List<Long> snapshot;
        lock.lock();
        try {
            snapshot = List.copyOf(waiting);
            sent += snapshot.size();
        } finally {
            lock.unlock();
        }
        write(snapshot);
        lock.lock();
        try {
            waiting.subList(0, snapshot.size()).clear();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void write(List<Long> ids) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setAutoCommit(false);
            String sql = "insert into message values (?, ?) on conflict (id) do nothing";
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                for (long id : ids) {
                    insert.setLong(1, id);
                    insert.setString(2, "message " + id);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            connection.commit();
        }
    }

    /** {@return the ids that the database has, in order} */
    static List<Long> written(String url) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id from message order by id")) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        return ids;
    }
}
