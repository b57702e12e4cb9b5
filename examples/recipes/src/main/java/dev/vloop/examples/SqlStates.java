package dev.vloop.examples;

import dev.vloop.Reaction;
import java.sql.SQLException;

/** Judges an exception of a database by its SQL state: PostgreSQL's driver has one type for all of them. */
final class SqlStates {
    private SqlStates() {}

    /** {@return retry for what passes by itself: the connection is lost, the server restarts, others were faster} */
    static Reaction reaction(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        boolean passes = state.startsWith("08") // no connection
                || state.startsWith("57P0") // the server shuts down, has crashed, or starts up
                || state.startsWith("40"); // a deadlock, or a transaction that could not be serialized
        return passes ? Reaction.RETRY : Reaction.FAIL;
    }
}
