package dev.vloop.dbscheduler;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import dev.vloop.CutSlots;
import dev.vloop.spi.ClusterPosition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rows as JSON: an object of strings, numbers and booleans, none of which needs an escape. Unknown fields are passed over. */
final class LoopRows implements Serializer {
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\"\\s*:\\s*(?:\"([^\"]*)\"|([\\w-]+))");

    @Override
    public byte @Nullable [] serialize(@Nullable Object data) {
        return data instanceof LoopRow row ? text(row).getBytes(StandardCharsets.UTF_8) : null;
    }

    private static String text(LoopRow row) {
        ClusterPosition position = row.position();
        StringBuilder text = new StringBuilder("{\"runStart\":\"" + position.runStart() + "\"");
        time(text, "lastSlot", position.lastSlot());
        time(text, "lastEnd", position.lastEnd());
        text.append(",\"slots\":").append(position.slots());
        time(text, "next", position.next());
        text.append(",\"admitted\":").append(position.admitted());
        text.append(",\"begun\":").append(position.begun());
        time(text, "triggered", row.triggered());
        return text.append(",\"cut\":\"").append(row.cut()).append("\"}").toString();
    }

    private static void time(StringBuilder text, String name, @Nullable Instant time) {
        if (time != null) {
            text.append(",\"").append(name).append("\":\"").append(time).append('"');
        }
    }

    @Override
    public <T> T deserialize(Class<T> type, byte[] data) {
        return type.cast(read(new String(data, StandardCharsets.UTF_8)));
    }

    static LoopRow read(String text) {
        Instant runStart = null;
        Instant lastSlot = null;
        Instant lastEnd = null;
        Instant next = null;
        Instant triggered = null;
        long slots = 0;
        boolean admitted = false;
        boolean begun = false;
        CutSlots cut = CutSlots.LET_GO;
        Matcher fields = FIELD.matcher(text);
        while (fields.find()) {
            String value = fields.group(2) != null ? fields.group(2) : fields.group(3);
            switch (fields.group(1)) {
                case "runStart" -> runStart = Instant.parse(value);
                case "lastSlot" -> lastSlot = Instant.parse(value);
                case "lastEnd" -> lastEnd = Instant.parse(value);
                case "next" -> next = Instant.parse(value);
                case "triggered" -> triggered = Instant.parse(value);
                case "slots" -> slots = Long.parseLong(value);
                case "admitted" -> admitted = Boolean.parseBoolean(value);
                case "begun" -> begun = Boolean.parseBoolean(value);
                case "cut" -> cut = CutSlots.valueOf(value);
                default -> {}
            }
        }
        if (runStart == null) {
            throw new IllegalArgumentException("not a row of a loop: " + text);
        }
        return new LoopRow(
                new ClusterPosition(runStart, lastSlot, lastEnd, slots, next, admitted, begun), triggered, cut);
    }
}
