package dev.vloop.testkit.engine;

import org.jspecify.annotations.Nullable;

/** Something that is due at a deadline. A timer is in one {@link Timers} at most. */
abstract class VirtualTimer {
    final long deadline;

    /** The rank among timers of one deadline. Written by {@link Timers}. */
    long order;

    /** Its place in the heap, -1 if it has none. Written by {@link Timers}. */
    int index = -1;

    /** The timer before it in its line, null if it is the first. Written by {@link Timers}. */
    @Nullable
    VirtualTimer earlier;

    /** The timer after it in its line, null if it is the last. Written by {@link Timers}. */
    @Nullable
    VirtualTimer later;

    VirtualTimer(long deadline) {
        this.deadline = deadline;
    }

    /** Does what is due. By then the virtual time is the deadline or later, and the timer has been removed. */
    abstract void fire();

    boolean isBefore(VirtualTimer other) {
        return deadline != other.deadline ? deadline < other.deadline : order < other.order;
    }
}
