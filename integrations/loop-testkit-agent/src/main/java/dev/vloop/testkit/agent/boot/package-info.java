/**
 * What rewritten code asks. These classes are in the bootstrap class path of a JVM with the agent, so that the JDK and every
 * class loader see them, and nowhere else. They need {@code java.base} alone, and nobody is to load them from the agent's own
 * jar.
 */
@org.jspecify.annotations.NullMarked
package dev.vloop.testkit.agent.boot;
