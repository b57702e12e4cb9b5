package dev.vloop.jda;

import java.util.Arrays;
import net.dv8tion.jda.api.JDA;

/** Says whether a JDA has a request at Discord, or is about to have one. Any thread may use it. */
final class Wire {
    /** A thread can have taken a request and not be in one of the places that are looked at, so look more than once. */
    private static final int QUIET_LOOKS = 3;

    private static final long QUIET_LOOK_MILLIS = 10;

    /** The class of JDA's whose threads take requests from the queue, send them, and put them back if Discord answers 429. */
    private static final String BUCKET = "net.dv8tion.jda.api.requests.SequentialRestRateLimiter$Bucket";

    /** In the name of each such thread. */
    private static final String WORKER = "RateLimit";

    private final JDA jda;

    Wire(JDA jda) {
        this.jda = jda;
    }

    /** {@return whether nothing is on the wire, or about to be, before the deadline} It is a {@link System#nanoTime()}. */
    boolean awaitQuiet(long deadline) throws InterruptedException {
        int quiet = 0;
        while (quiet < QUIET_LOOKS) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            Thread.sleep(QUIET_LOOK_MILLIS);
            quiet = calls() == 0 && !isHandled() ? quiet + 1 : 0;
        }
        return true;
    }

    /** {@return how many requests have been sent and have no answer} */
    private int calls() {
        return jda.getHttpClient().dispatcher().runningCallsCount();
    }

    /** Cancels what is queued. {@return how many requests have no answer} One that is just on its way back to the queue is in neither place. */
    int cancelQueued() {
        int left = calls() + jda.cancelRequests();
        return left == 0 && isHandled() ? 1 : left;
    }

    /**
     * {@return whether a thread of JDA's works on a request or on its answer} An answer has left the HTTP client before JDA puts the request
     * back for a 429, and nothing but the thread's stack tells of that moment. The first 429 of a JVM can take long, as classes are loaded.
     */
    private static boolean isHandled() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> each.getKey().getName().contains(WORKER))
                .flatMap(each -> Arrays.stream(each.getValue()))
                .anyMatch(frame -> frame.getClassName().equals(BUCKET));
    }
}
