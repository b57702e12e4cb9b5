package dev.vloop.testkit.engine;

import org.jspecify.annotations.Nullable;

/** Something due at a deadline. It is in at most one {@link Timers}. */
abstract class VirtualTimer {
    final long deadline;

    /** Orders timers of one deadline; written by {@link Timers}. */
    long order;

    /** Where the heap has it, -1 if it has it not; written by {@link Timers}. */
    int index = -1;

    /** Its neighbours among those of one deadline that were created in a row; written by {@link Timers}. */
    @Nullable
    VirtualTimer earlier;

    @Nullable
    VirtualTimer later;

    VirtualTimer(long deadline) {
        this.deadline = deadline;
    }

    /** Does what is due. Time stands at the deadline or later, and the timer has been removed. */
    abstract void fire();

    boolean isBefore(VirtualTimer other) {
        return deadline != other.deadline ? deadline < other.deadline : order < other.order;
    }
}
