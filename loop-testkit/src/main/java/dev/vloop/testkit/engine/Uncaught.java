package dev.vloop.testkit.engine;

/**
 * An exception that nobody caught.
 *
 * @param where the name of the thread, or what else it escaped from
 * @param nanos the virtual time
 * @param thrown what was thrown
 */
public record Uncaught(String where, long nanos, Throwable thrown) {}
