package dev.vloop.examples;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** A batch that gets a row with each update. Used by one thread at a time. */
final class FakeBatch implements Batch {
    private int failures;
    private int rows;
    private int written;

    /** Makes that many of the next updates fail. */
    void failsTimes(int times) {
        failures = times;
    }

    void add(int more) {
        rows += more;
    }

    int written() {
        return written;
    }

    int waiting() {
        return rows;
    }

    @Override
    public void update() throws SQLException {
        if (failures > 0) {
            failures--;
            throw new SQLTransientConnectionException("no database");
        }
        rows++;
    }

    @Override
    public void flush() {
        written += rows;
        rows = 0;
    }

    @Override
    public boolean isEmpty() {
        return rows == 0;
    }
}
