/*
 * A map of this package, for those who change it. It stands on dev.vloop.testkit.engine, which has a map of its own; the engine never
 * calls back into this package. The tests that are not closed are in dev.vloop.testkit.open.
 *
 * Begin with TestLoopsBuilder.create, which puts the parts of a test together.
 *
 *   A test's runtime   TestLoops (the verbs), TestLoopsBuilder, VirtualTestLoops (does the verbs on a VirtualHost), OpenLoops (until it is
 *                      closed), TimeVerbs (those that move time; words what it cannot do), TestThread (lends the role of the test's thread to JUnit's timeout thread)
 *   Choice of engine   Engine, EngineChoice (property, AUTO, the reason)
 *   The end of a test  Finding (what makes a test fail), EndCheck (looks for it), FindingText (words it), LoopTestError
 *                      FailureNotes (what may explain a failure: real time, or the world outside)
 *   Timeline           Recorder (a listener that records what loops do), EventRing (the last events, without texts), Recorders (finds
 *                      the recorder of a loop), Timeline and TimelineEntry (the data), TimelineTable (the text), OutcomeText (a part of
 *                      texts)
 *   JUnit              LoopTest, LoopTestSeeds, LoopTestExtension, MethodInterceptor, LoopTestStory
 *   AssertJ            LoopAssertions, LoopSoftAssertions, AbstractStatusAssert, LoopAssert, LoopStatusAssert, LoopEndAssert,
 *                      AssertionText
 *   A cluster          TestCluster (the verbs), TestInstance (an instance, and its runs), InstanceHost (its machine), ClusterStore (in
 *                      memory; who has which loop) with a ClusterRow for each loop
 *   Rules as tests     LoopRuntimeContract, and what it inherits: RunContract, IterationContract; ClusterContract
 *
 * JUnit's room calls the runtime; the runtime calls the end of a test; both call the timeline, and so does AssertJ's room.
 *
 * Another finding at the end of a test: Finding, EndCheck.end and FindingText, and its row in docs/testing.md. If a host has to
 * notice it, also VirtualHost and both hosts. Another error while time moves: see the engine's map. Another engine: Engine and
 * EngineChoice, then the engine's map.
 */

/** Tests of loops in virtual time: a week passes in milliseconds, and ends the same way every time. */
@NullMarked
package dev.vloop.testkit;

import org.jspecify.annotations.NullMarked;
