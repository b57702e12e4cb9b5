package dev.vloop.dashboard;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.vloop.internal.SafeText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Logs who has done what, and when: the logger {@code dev.vloop.audit}. */
final class Audit {
    private static final System.Logger LOG = System.getLogger("dev.vloop.audit");

    private final @Nullable String userHeader;

    Audit(@Nullable String userHeader) {
        this.userHeader = userHeader;
    }

    void done(DashboardRequest request, Instant at, String what) {
        LOG.log(INFO, line(request, at, what, "done"));
    }

    void refused(DashboardRequest request, Instant at, String what, String why) {
        LOG.log(WARNING, line(request, at, what, "refused: " + why));
    }

    private String line(DashboardRequest request, Instant at, String what, String how) {
        return SafeText.inOneLine(at + " " + who(request) + ": " + what + ": " + how)
                .replaceAll(
                        "[\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]",
                        "?"); // they would turn the line around
    }

    /** {@return somebody's text in quotation marks, which it cannot end: what follows it is ours} */
    static String quoted(String text, int most) {
        return "'" + Html.cut(text, most).replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private String who(DashboardRequest request) {
        String user = request.user();
        if (user == null && userHeader != null) {
            user = request.header(userHeader);
        }
        return (user == null ? "" : "user " + quoted(user, 100) + " at ") + request.remote();
    }
}
