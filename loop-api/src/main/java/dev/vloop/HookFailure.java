package dev.vloop;

import dev.vloop.internal.SafeText;
import java.time.Instant;

/**
 * A hook that has thrown. That is logged and told, and changes nothing else: the other hooks are called, and the run goes on, or ends as
 * it would have. What {@code beforeLoop} throws is a {@link LoopFailure} instead, as it decides whether the run goes on. The constructor
 * and record patterns are not API: components may be added. Read it by name.
 *
 * @param loop the loop
 * @param hook which hook
 * @param at when it threw
 * @param thrown what it threw
 */
public record HookFailure(Loop loop, Hook hook, Instant at, Throwable thrown) {
    /** A kind of hook. */
    public enum Hook {
        /** {@link LoopBuilder#onFailure}. */
        ON_FAILURE("onFailure"),
        /** {@link LoopBuilder#afterLoop}. */
        AFTER_LOOP("afterLoop");

        private final String text;

        Hook(String text) {
            this.text = text;
        }

        /** {@return the name of its method in {@link LoopBuilder}} */
        @Override
        public String toString() {
            return text;
        }
    }

    /** Tells everything, whatever the text of the exception does: that may throw, or be huge. */
    @Override
    public String toString() {
        return "HookFailure[loop=" + loop + ", hook=" + hook + ", at=" + at + ", thrown=" + SafeText.of(thrown) + "]";
    }
}
