/**
 * What our own modules share. Not API: the module exports it to them alone, and it may change in any release.
 *
 * <p>{@link dev.vloop.internal.Arguments} refuses wrong arguments, in one wording. {@link dev.vloop.internal.DurationText} writes
 * durations for people. {@link dev.vloop.internal.ComingSlots} lists slots. {@link dev.vloop.internal.SlotOrder} refuses slots that do not follow one another.
 * {@link dev.vloop.internal.WallClockBound} tells which intervals depend on the wall clock.
 * {@link dev.vloop.internal.PlatformThreads} makes threads that inherit nothing.
 */
@NullMarked
package dev.vloop.internal;

import org.jspecify.annotations.NullMarked;
