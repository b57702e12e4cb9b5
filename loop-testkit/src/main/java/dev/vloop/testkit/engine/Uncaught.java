package dev.vloop.testkit.engine;

/**
 * An exception that nobody caught.
 *
 * @param where the thread's name, or what ran
 * @param nanos the virtual time
 * @param thrown what was thrown
 */
public record Uncaught(String where, long nanos, Throwable thrown) {}
