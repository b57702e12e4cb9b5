package dev.vloop.examples;

import java.sql.SQLException;

/** Rows on their way to a database. */
interface Batch {
    /** Fetches more of them. */
    void update() throws SQLException;

    /** Writes those that are there. */
    void flush() throws SQLException;

    /** {@return whether there are none} */
    boolean isEmpty();
}
