package dev.vloop.dbscheduler;

import com.github.kagkarlsson.scheduler.jdbc.AutodetectJdbcCustomization;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Lets db-scheduler pick only the loops that would run here now. Otherwise it would pick loops that are paused, stopped, busy or unknown on
 * this instance, and have to give them back.
 */
final class AcceptedLoops extends AutodetectJdbcCustomization {
    /** Oracle takes no more than 1,000. */
    private static final int CHUNK = 500;

    private final Supplier<List<String>> accepted;

    /** @param accepted the ids of the rows; an id has letters, digits and {@code .-*_+%} alone */
    AcceptedLoops(DataSource dataSource, boolean utc, Supplier<List<String>> accepted) {
        super(dataSource, utc);
        this.accepted = accepted;
    }

    @Override
    public String createSelectDueQuery(String table, int limit, String andCondition, boolean byPriority) {
        return super.createSelectDueQuery(table, limit, andCondition + condition(accepted.get()), byPriority);
    }

    static String condition(List<String> ids) {
        if (ids.isEmpty()) {
            return " and 1 = 0";
        }
        List<String> chunks = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += CHUNK) {
            List<String> chunk = ids.subList(from, Math.min(ids.size(), from + CHUNK));
            chunks.add("task_instance in ('" + String.join("','", chunk) + "')");
        }
        return " and task_name = '" + LoopTask.NAME + "' and (" + String.join(" or ", chunks) + ")";
    }
}
