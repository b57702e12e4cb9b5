/** Metrics and observations of loops, by Micrometer. Begin with {@link dev.vloop.micrometer.LoopMetrics}. */
@NullMarked
package dev.vloop.micrometer;

import org.jspecify.annotations.NullMarked;

/*
 * A map for those who change it.
 *
 * Entrance    LoopMetrics is the listener, and hands events on. PropagatedContext brings the current span to forks.
 * Loops       TrackedLoops has a TrackedLoop for each loop that a runtime knows, counts them by state, and notices those that are gone.
 * Kinds       Kinds has the KindMeters of each kind, as long as somebody holds them: a tracked loop, or an iteration in progress.
 *             ExceptionNames limits how many values a tag may have.
 * Iterations  OpenIteration is one in progress, in a thread-local: a TimedIteration has a timer, an ObservedIteration an observation with
 *             a LoopObservationContext.
 *
 * Where to change what:
 *
 * another meter        KindMeters; if it tells of more than one kind, LoopMetrics. docs/metrics.md. Tests: ScrapeTest, and
 *                      DashboardTest for the dashboard of Grafana.
 * another tag          KindMeters for timers, ObservedIteration for observations: both must have it. Tests: ScrapeTest, ObservedTest.
 * when meters go       Kinds and TrackedLoops. Test: LifeOfMetersTest.
 */
