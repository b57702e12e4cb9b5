package dev.vloop.spring;

import dev.vloop.CutSlots;
import dev.vloop.LoopBuilder;
import dev.vloop.Schedule;
import dev.vloop.cron.Cron;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Applies an annotation to a loop's builder. What it throws names the option; its caller adds bean and method. */
final class LoopMethodOptions {
    private final LoopMethod annotation;
    private final String loop;
    private final LoopSettings settings;

    /** Replaces placeholders. */
    private final UnaryOperator<String> resolver;

    LoopMethodOptions(LoopMethod annotation, String loop, LoopSettings settings, UnaryOperator<String> resolver) {
        this.annotation = annotation;
        this.loop = loop;
        this.settings = settings;
        this.resolver = resolver;
    }

    void applyTo(LoopBuilder builder) {
        Schedule declared = schedule();
        Schedule replaced = settings.schedule(loop);
        builder.schedule(replaced == null ? declared : replaced);
        String kind = resolver.apply(annotation.kind());
        if (!kind.isBlank()) {
            builder.kind(kind);
        }
        String initialDelay = resolver.apply(annotation.initialDelay());
        if (!initialDelay.isBlank()) {
            builder.initialDelay(OptionText.duration("initialDelay", initialDelay));
        }
        String timeout = resolver.apply(annotation.timeout());
        if (!timeout.isBlank()) {
            builder.timeout(OptionText.duration("timeout", timeout));
        }
        Arrays.stream(annotation.retryOn()).forEach(builder::retryOn);
        Arrays.stream(annotation.continueOn()).forEach(builder::continueOn);
        Arrays.stream(annotation.failOn()).forEach(builder::failOn);
        if (annotation.maxAttempts() != 0) {
            builder.maxAttempts(annotation.maxAttempts());
        }
        CutSlots[] cut = annotation.oncePerCluster();
        if (cut.length > 1) {
            throw new IllegalArgumentException("oncePerCluster has " + cut.length + " values: choose one");
        }
        if (cut.length == 1) {
            builder.oncePerCluster(cut[0]);
        }
    }

    private Schedule schedule() {
        String every = resolver.apply(annotation.every());
        String fixedDelay = resolver.apply(annotation.fixedDelay());
        String cron = resolver.apply(annotation.cron());
        String zoneText = resolver.apply(annotation.zone());
        ZoneId declared = zoneText.isBlank() ? null : OptionText.zone("zone", zoneText);
        ZoneId zone = settings.zone(loop, declared);
        List<String> set = new ArrayList<>();
        Schedule schedule = null;
        if (!every.isBlank()) {
            set.add("every");
            schedule = Schedule.every(OptionText.duration("every", every));
        }
        if (!fixedDelay.isBlank()) {
            set.add("fixedDelay");
            schedule = Schedule.fixedDelay(OptionText.duration("fixedDelay", fixedDelay));
        }
        if (!cron.isBlank()) {
            set.add("cron");
            schedule = Cron.parse(cron, zone);
        }
        LocalTime[] times = times();
        if (times.length > 0) {
            set.add("dailyAt");
            schedule = Schedule.dailyAt(zone, times);
        }
        if (set.size() > 1) {
            throw new IllegalArgumentException(set + " are set: choose one of them");
        }
        requireUse(declared, set);
        if (schedule == null) {
            throw new IllegalArgumentException("no schedule: set one of every, fixedDelay, cron and dailyAt");
        }
        return schedule;
    }

    private static void requireUse(@Nullable ZoneId zone, List<String> set) {
        if (zone != null && (set.contains("every") || set.contains("fixedDelay"))) {
            throw new IllegalArgumentException(
                    "zone = \"" + zone + "\" says nothing of " + set.get(0) + ": it is for cron and dailyAt");
        }
    }

    private LocalTime[] times() {
        return Arrays.stream(annotation.dailyAt())
                .map(resolver)
                .filter(text -> !text.isBlank())
                .map(text -> OptionText.time("dailyAt", text))
                .toArray(LocalTime[]::new);
    }
}
