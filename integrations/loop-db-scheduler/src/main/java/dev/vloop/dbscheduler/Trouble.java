package dev.vloop.dbscheduler;

import dev.vloop.internal.Causes;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Logs what the database has refused, each kind once until it serves again, and that it does. Used by one thread. */
final class Trouble {
    private static final System.Logger LOG = System.getLogger("dev.vloop.cluster");

    private final String cluster;
    private final String table;

    /** What the last failure was like; empty for none. */
    private String told = "";

    /** The rows that could not be read. */
    private final Set<String> broken = new HashSet<>();

    /**
     * Makes it.
     *
     * @param cluster whose trouble it is
     * @param table the table's name
     */
    Trouble(String cluster, String table) {
        this.cluster = cluster;
        this.table = table;
    }

    /** No loop of this instance goes on. */
    void tell(Throwable failure) {
        // what the driver said, without what db-scheduler has put around it
        Throwable cause = Causes.walk(failure, each -> each instanceof SQLException);
        String state = cause instanceof SQLException sql ? sql.getSQLState() : null;
        String kind = cause.getClass().getName() + " " + state; // messages may differ each time, as those of a pool do
        if (!kind.equals(told)) {
            told = kind;
            LOG.log(Level.WARNING, "no loop of " + cluster + " begins a slot: " + text(cause, state));
        }
    }

    private String text(Throwable cause, @Nullable String state) {
        if (state != null && (state.equals("42P01") || state.startsWith("42S0"))) { // of the SQL standard, and of ODBC
            return "the database has no table " + table + ": call createTable(), or run the script of the jar; "
                    + cause;
        }
        return state == null || state.startsWith("08") ? "the database is away; " + cause : cause.toString();
    }

    /** One row is broken; the others go on. */
    void tellRow(String id, RuntimeException failure) {
        if (broken.add(id)) {
            LOG.log(Level.ERROR, "the row '" + id + "' of table " + table + " cannot be read", failure);
        }
    }

    /** The database serves. */
    void over() {
        if (!told.isEmpty()) {
            LOG.log(Level.INFO, "loops of " + cluster + " begin slots again");
        }
        told = "";
    }
}
