package dev.vloop;

import java.util.Arrays;

/** A schedule made of another and one or two things more. */
abstract class Derived extends Value implements Seekable {
    final Schedule schedule;

    Derived(Schedule schedule, Object... parts) {
        super(schedule, Arrays.asList(parts));
        this.schedule = schedule;
    }

    @Override
    public final boolean isMonotonic() {
        return schedule.isMonotonic();
    }
}
