package dev.vloop.testkit;

import java.time.Duration;
import java.time.Instant;

/**
 * Something that a loop did, or that was done to the clock. Components may be added in later versions, so read them by name.
 *
 * @param at the virtual time since the start of the test
 * @param wallClock what the wall clock said
 * @param loop the loop's name; empty if it concerns all loops
 * @param what what happened
 * @param iteration the iteration's index; -1 where there is none
 * @param detail more about it, for people; may be empty
 */
public record TimelineEntry(Duration at, Instant wallClock, String loop, What what, long iteration, String detail) {
    /** What can happen. */
    public enum What {
        /** A run begins. */
        START,
        /** An iteration begins. */
        ITERATION,
        /** An attempt of an iteration begins that is not the first. */
        RETRY,
        /** An iteration is over, with success. */
        SUCCESS,
        /** An iteration was cut short by a cancel. */
        CANCELLED,
        /** An attempt, or a hook, failed. */
        FAILURE,
        /** Slots were skipped. */
        MISSED,
        /** A run ends. */
        END,
        /** The wall clock was moved. */
        CLOCK
    }
}
