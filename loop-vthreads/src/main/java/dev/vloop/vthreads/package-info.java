/** Loops on virtual threads: the implementation of Vloop's API. {@link dev.vloop.vthreads.VirtualLoops} is all that users see. */
@NullMarked
package dev.vloop.vthreads;

import org.jspecify.annotations.NullMarked;

/*
 * A map for those who change the engine. Begin with Run.run, the life of a loop from its start to its end, and with the comment in
 * ControlWord. Threads, locks and memory consistency are explained in docs/concurrency.md. A room calls rooms below it; back up, it only
 * reports an end or sends a request.
 *
 * Entrance    VirtualLoops, RuntimeBuilder, OptionsBuilder with Options and OptionsText; VirtualLoop and VirtualLoopRuntime, which pass
 *             calls on; LoopJoin; ReactionsEditor. Refusals of wrong arguments are worded in dev.vloop.internal.Arguments.
 *             Warmup works beside main until the first loop runs.
 *             LoopView is what others see of a loop: status, text, refusals.
 * Registry    LoopRegistry begins and ends runs, under one lock; LoopStart is one start. LoopNames: who has which name. ActiveRuns: what
 *             goes on and who waits for its end; with RunList and Waiters. Supervisor launches runs. KeepAlive.
 *             Shutdown: join, close, shutdown, stopAll; with ExitHook and ShutdownLog.
 * Run         On the loop's thread. Run, on top of RunRecord, which has what others learn of it; Slots says what is Next; Attempts calls
 *             the body and retries it; Hooks; Failures decides what follows, by FailureRules.
 *             InterceptorChain, a GuardedChain, and InterceptedIteration are code of users around it; VirtualIteration is what a body sees.
 *             OverlappingIterations, each an OverlappingIteration, if there are several at once.
 * Worker      The thread of a run or of an overlapping iteration: Worker, on top of Control, which takes requests from any
 *             thread, and ControlWord, the bits that they are.
 * Forks       ForkOwner, ForkGroup, Fork, ForkEach; StackRoom. CapturedContexts is what a fork brings along, in GuardedChains.
 * Timetables  Arithmetic only. Timetable with IntervalTimetable and ScheduleTimetable (with SlotSequence, SearchLimit); MissedPolicy.
 * Cluster     A loop that runs once per cluster has a ClusterTimetable, with the ClusterClaim that the cluster's threads talk to and
 *             ClusterSlots, which computes; its body sees a ClusteredIteration. Other loops have none of it.
 * Reports     Events tells listeners, the log (Log) and Flight Recorder: FlightEvents with IterationEvent, FailureEvent, MissedEvent and
 *             EndEvent. Progress (with Troubles and ShownState) and SharedProgress: the status; Forecast: its next slot while a change was not heeded yet;
 *             Past: the runs before. DeafThreadReport, StartReport and CloseReport, with ReportRhythm and StackReport.
 *             ExitLog and PrintableFailure stand in for what Log cannot hand to the JDK.
 * Time        RuntimeClock, ClockReading, WallClockWatch (of a runtime), ClockJumpWatch (of the machine), Nanos.
 * Machine     SystemHost; RecurringAlarm; SpinLock. Time, waits, threads and chance are the host's. ArchitectureTest lists the
 *             exceptions.
 * Timer       The package timer: what ends waits and runs alarms of the real machine. It knows nothing of loops.
 * Scopes      The package scopes. It knows nothing of loops, and has a map of its own.
 *
 * Where to change what:
 *
 * another policy for missed slots   the API's MissedSlots; MissedPolicy; if it runs neither the oldest nor the latest slot, also skipMissed
 *                                   in both timetables. Tests: MissedSlotsTest, DefaultsTest.
 * another event                     the API's LoopListener; a method of Events, and its call in Run, Attempts, Slots or VirtualLoop. For Flight
 *                                   Recorder also FlightEvents, and a class like MissedEvent. Tests: ListenerTest, FlightRecorderTest.
 * another option of a loop          the API's LoopBuilder; OptionsBuilder; a field of Options, and its line in copy. Tests: DefaultsTest,
 *                                   ArgumentsTest.
 * the next JDK's structured scope   scopes.ScopeShape. Test: ScopeShapeTest.
 */
