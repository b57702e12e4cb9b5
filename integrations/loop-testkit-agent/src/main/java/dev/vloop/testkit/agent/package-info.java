/**
 * The agent that puts other people's code on the clock of a test: it rewrites code that reads the clock and code that waits. Nobody calls
 * it: {@code -javaagent} loads it.
 */
@org.jspecify.annotations.NullMarked
package dev.vloop.testkit.agent;
