package dev.vloop.examples;

import dev.vloop.vthreads.VirtualLoops;

/** One policy for the failures of all loops. */
final class Alerts {
    private Alerts() {}

    static VirtualLoops.Builder policy(VirtualLoops.Builder builder, Bot bot) {
        // region alerts
        builder.defaults(all -> all.continueOn(Exception.class) // a loop may say otherwise for itself; I/O is retried
                .onFailure(failure -> {
                    if (failure.inARow() == 5) {
                        bot.print("ALERT: " + failure.loop().name() + " fails: " + failure.cause());
                    }
                }));
        // end region
        return builder;
    }
}
