package dev.vloop.vthreads;

import dev.vloop.internal.SafeText;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the options of a loop for people. Used by any thread, when somebody asks. */
final class OptionsText {
    private OptionsText() {}

    /**
     * {@return the options by the names of the builder's methods, in the order in which it has them}
     *
     * @param reactions those that the loop has now
     */
    static Map<String, String> of(Options options, FailureRules reactions) {
        Map<String, String> text = new LinkedHashMap<>();
        text.put("initialDelay", options.initialDelay == 0 ? "none" : length(options.initialDelay));
        text.put("count", options.count == Long.MAX_VALUE ? "no limit" : Long.toString(options.count));
        text.put("missed", options.missed.toString());
        text.put("maxLateness", length(options.maxLateness));
        text.put("timeout", length(options.timeout));
        String rules = reactions.toString();
        text.put("reactions", rules.isEmpty() ? "none" : rules);
        text.put(
                "maxAttempts",
                options.maxAttempts == Integer.MAX_VALUE ? "no limit" : Integer.toString(options.maxAttempts));
        text.put("backoff", SafeText.inOneLine(SafeText.of(options.backoff)));
        text.put("maxConcurrent", Integer.toString(options.maxConcurrent));
        text.put("beforeLoop", hooks(options.beforeLoop));
        text.put("afterLoop", hooks(options.afterLoop));
        text.put("onFailure", hooks(options.onFailure));
        text.put("intercept", hooks(options.interceptors));
        text.put("interceptAttempts", hooks(options.attemptInterceptors));
        text.put("forkContext", hooks(options.forkContexts));
        text.put("oncePerCluster", options.cut == null ? "no" : options.cut.toString());
        text.put("kind", options.kind == null ? "its name" : options.kind);
        return Collections.unmodifiableMap(text);
    }

    private static String length(long nanos) {
        return nanos == Host.NEVER ? "no limit" : Duration.ofNanos(nanos).toString();
    }

    private static String hooks(List<?> hooks) {
        return hooks.isEmpty() ? "none" : Integer.toString(hooks.size());
    }
}
