package dev.vloop.examples;

import dev.vloop.Reaction;
import java.sql.SQLException;

/** Decides on a database's exception by its SQL state, because PostgreSQL's driver has one type for all errors. */
final class SqlStates {
    private SqlStates() {}

    /** {@return a retry for errors that pass by themselves: a lost connection, a restart of the server, a conflict of transactions} */
    static Reaction reaction(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        boolean passes = state.startsWith("08") // no connection
                || state.startsWith("57P0") // the server shuts down, has crashed, or starts up
                || state.startsWith("40"); // a deadlock, or a transaction that could not be serialized
        return passes ? Reaction.RETRY : Reaction.FAIL;
    }
}
