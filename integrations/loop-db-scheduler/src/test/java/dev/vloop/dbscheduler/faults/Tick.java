package dev.vloop.dbscheduler.faults;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One call of a body, as it wrote it down.
 *
 * @param ended null if its process died in it, or could not write
 */
record Tick(
        String loop,
        Instant slot,
        long pid,
        long token,
        boolean again,
        Instant began,
        @Nullable Instant ended,
        boolean done) {
    static Tick read(ResultSet row) throws SQLException {
        OffsetDateTime ended = row.getObject("ended", OffsetDateTime.class);
        return new Tick(
                row.getString("loop"),
                row.getObject("slot", OffsetDateTime.class).toInstant(),
                row.getLong("pid"),
                row.getLong("token"),
                row.getBoolean("again"),
                row.getObject("began", OffsetDateTime.class).toInstant(),
                ended == null ? null : ended.toInstant(),
                "done".equals(row.getString("how")));
    }
}
