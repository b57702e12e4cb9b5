package dev.vloop.testkit.engine;

import dev.vloop.spi.Host;

/**
 * A wait of the test's thread.
 *
 * @param until the virtual time at which it ends, {@link Host#NEVER} if it has no limit
 * @param began the virtual time at which it began
 * @param switches how often threads had been switched by then
 */
record TestWait(long until, long began, long switches) {
    /** {@return whether it has no limit, and has lasted too long at this time or after so many switches} */
    boolean isRunaway(long nanos, long switched, HostSettings settings) {
        return until == Host.NEVER
                && (nanos - began > settings.runawayTime().toNanos()
                        || switched - switches > settings.runawaySwitches());
    }
}
