package dev.vloop.examples;

import java.sql.SQLException;

/** Rows on their way to a database. */
interface Batch {
    /** Fetches more rows. */
    void update() throws SQLException;

    /** Writes the rows that have arrived. */
    void flush() throws SQLException;

    /** {@return whether there are no rows to write} */
    boolean isEmpty();
}
