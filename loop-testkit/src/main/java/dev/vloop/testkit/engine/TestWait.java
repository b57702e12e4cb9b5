package dev.vloop.testkit.engine;

import dev.vloop.spi.Host;

/**
 * A wait of the test's thread.
 *
 * @param until the virtual time at which it ends; {@link Host#NEVER}: at none
 * @param began at which virtual time
 * @param switches how often threads had been switched then
 */
record TestWait(long until, long began, long switches) {
    /** {@return whether it has no limit, and at that time and after so many switches will have lasted too long} */
    boolean isRunaway(long nanos, long switched, HostSettings settings) {
        return until == Host.NEVER
                && (nanos - began > settings.runawayTime().toNanos()
                        || switched - switches > settings.runawaySwitches());
    }
}
