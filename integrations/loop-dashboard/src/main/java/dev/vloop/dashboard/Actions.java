package dev.vloop.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vloop.Loop;
import dev.vloop.internal.SafeText;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Does what a button asks for. The gate has let the request in. All threads may use it. */
final class Actions {
    /** The longest form, in bytes. */
    private static final int LONGEST = 16_384;

    private final Settings settings;
    private final Audit audit;

    Actions(Settings settings) {
        this.settings = settings;
        this.audit = new Audit(settings.userHeader);
    }

    DashboardResponse handle(DashboardRequest request) throws IOException {
        byte[] body = request.body().readNBytes(LONGEST + 1);
        if (body.length > LONGEST) {
            return Reply.failed(413, "too long");
        }
        Query form = Query.of(new String(body, UTF_8));
        String action = form.get("action", "");
        String name = form.get("loop");
        String interval = form.get("interval");
        String what = (isWord(action) ? action : Audit.quoted(action, 50))
                + (name == null ? "" : " of loop " + Audit.quoted(name, 200))
                + (interval == null ? "" : " to " + Audit.quoted(interval, 50));
        if (settings.readOnly) {
            return refused(request, what, 403, "this page is read-only");
        }
        try {
            String problem = perform(action, name, interval);
            if (problem != null) {
                return refused(request, what, 404, problem);
            }
        } catch (IllegalStateException e) { // the loop is not in a state for it
            return refused(request, what, 409, String.valueOf(SafeText.messageOf(e)));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return refused(request, what, 400, String.valueOf(SafeText.messageOf(e)));
        }
        audit.done(request, settings.loops.clock().instant(), what);
        return Reply.done(what + ": done");
    }

    private static boolean isWord(String action) {
        return action.matches("[a-z-]{1,20}");
    }

    private DashboardResponse refused(DashboardRequest request, String what, int status, String why) {
        audit.refused(request, settings.loops.clock().instant(), what, why);
        return Reply.failed(status, why);
    }

    /** {@return why it could not be done; null if it was done} */
    private @Nullable String perform(String action, @Nullable String name, @Nullable String interval) {
        List<Loop> all = settings.loops.loops();
        switch (action) {
            case "pause-all" -> all.forEach(Loop::pause);
            case "resume-all" -> all.forEach(Loop::resume);
            default -> {
                Loop loop = name == null ? null : settings.loops.find(name);
                return loop == null ? "there is no such loop" : perform(action, loop, interval);
            }
        }
        return null;
    }

    private static @Nullable String perform(String action, Loop loop, @Nullable String interval) {
        switch (action) {
            case "trigger" -> loop.trigger();
            case "pause" -> loop.pause();
            case "resume" -> loop.resume();
            case "start" -> loop.start();
            case "restart" -> loop.restart();
            case "stop" -> loop.stop();
            case "cancel" -> loop.cancel();
            case "interval" -> loop.changeInterval(duration(interval == null ? "" : interval));
            default -> {
                return "there is no such action";
            }
        }
        return null;
    }

    /** Reads {@code 30s}, {@code 5m}, {@code 1h30m}, {@code 2d} or {@code PT30S}. */
    static Duration duration(String text) {
        String plain = text.strip().toUpperCase(Locale.ROOT).replace(" ", "");
        try {
            if (plain.startsWith("P")) {
                return Duration.parse(plain);
            }
            int days = plain.indexOf('D');
            return Duration.parse(
                    days < 0
                            ? "PT" + plain
                            : "P" + plain.substring(0, days + 1)
                                    + (days + 1 == plain.length() ? "" : "T" + plain.substring(days + 1)));
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "interval must be a length of time such as 30s, 5m or 1h30m, but is '" + Html.cut(text, 50) + "'",
                    e);
        }
    }
}
