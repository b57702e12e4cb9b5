package dev.vloop.testkit;

import java.time.Duration;
import java.util.Locale;

/** Virtual times and durations as people read them in timelines and findings. */
final class TimeText {
    private TimeText() {}

    /** {@return a time since the start as hours, minutes and seconds, with days and a fraction if there are any} */
    static String clock(Duration at) {
        String text = String.format("%02d:%02d:%02d", at.toHoursPart(), at.toMinutesPart(), at.toSecondsPart());
        if (at.toNanosPart() != 0) {
            String nanos = String.format("%09d", at.toNanosPart());
            text += "." + nanos.replaceAll("0+$", "");
        }
        return at.toDays() == 0 ? text : at.toDays() + "d " + text;
    }

    /** {@return a duration in short form, such as 7d or 1m30s} */
    static String span(Duration of) {
        if (of.toDays() > 0 && of.toHoursPart() == 0 && of.toMinutesPart() == 0 && of.toSecondsPart() == 0) {
            return of.toDays() + "d";
        }
        return of.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
