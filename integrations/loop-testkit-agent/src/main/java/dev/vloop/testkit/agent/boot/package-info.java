/**
 * The classes that rewritten code calls. They are only on the bootstrap class path of a JVM with the agent, so that the JDK and every class
 * loader see the same ones. They need only {@code java.base}, and must not be loaded from the agent's own jar.
 */
@org.jspecify.annotations.NullMarked
package dev.vloop.testkit.agent.boot;
