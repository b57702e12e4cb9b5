package dev.vloop.vthreads;

/** A schedule answered what no schedule may. */
final class ScheduleFault extends IllegalStateException {
    private static final long serialVersionUID = 1;

    ScheduleFault(String message) {
        super(message);
    }
}
