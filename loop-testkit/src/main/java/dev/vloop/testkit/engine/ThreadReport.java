package dev.vloop.testkit.engine;

import dev.vloop.internal.DurationText;
import dev.vloop.spi.Host;
import java.util.List;

/**
 * The state of a thread of the test, for reports.
 *
 * @param thread the thread
 * @param doing what it does, as far as the host knows
 * @param deadline when its wait ends, {@link Host#NEVER} if it has no deadline
 * @param stack its stack, outermost frame last
 */
public record ThreadReport(Thread thread, Doing doing, long deadline, List<StackTraceElement> stack) {
    /** What a thread does. */
    public enum Doing {
        /** It was made and has not begun to run. */
        NEW("has not begun"),
        /** It goes on when its turn comes. */
        READY("is ready to run"),
        /** It runs, or is blocked where virtual time does not see it. */
        RUNNING("runs"),
        /** It sleeps until a deadline. */
        SLEEPING("sleeps"),
        /** It waits until it is unparked. */
        PARKED("is parked"),
        /** It does work of the world outside. */
        EXTERNAL("does external work"),
        /** It is over. */
        ENDED("has ended");

        private final String words;

        Doing(String words) {
            this.words = words;
        }

        /** {@return whether it waits in the host} */
        boolean isWait() {
            return this == SLEEPING || this == PARKED;
        }
    }

    public String name() {
        return thread.getName();
    }

    /** {@return whether it is the thread of a pool and waits for work, so that nobody needs to end it} */
    public boolean isIdleWorker() {
        return stack.stream()
                .anyMatch(frame -> frame.getClassName().equals("java.util.concurrent.ThreadPoolExecutor")
                        && frame.getMethodName().equals("getTask"));
    }

    /** {@return one line about the thread, then its stack} */
    public String text() {
        StringBuilder text = new StringBuilder("'").append(name()).append("' ").append(doing.words);
        if (doing == Doing.RUNNING) {
            text.append(" (").append(thread.getState()).append(')');
        } else if (doing.isWait()) {
            text.append(deadline == Host.NEVER ? " without end" : " until " + DurationText.ofDeadline(deadline));
        }
        stack.forEach(frame -> text.append("\n        at ").append(frame));
        return text.toString();
    }
}
