package dev.vloop.examples;

import dev.vloop.LoopBuilder;
import java.util.Map;
import org.slf4j.MDC;

/** Names the loop in each line that its body or a fork logs. */
final class Mdc {
    private Mdc() {}

    // region mdc
    /** For all loops of a runtime: {@code VirtualLoops.builder().defaults(Mdc::nameLoops)}. */
    static void nameLoops(LoopBuilder loop) {
        loop.intercept((iteration, chain) -> {
                    MDC.put("loop", iteration.loop().name());
                    try {
                        chain.proceed();
                    } finally {
                        MDC.remove("loop"); // the thread goes on to the next iteration
                    }
                })
                .forkContext(() -> {
                    Map<String, String> mdc = MDC.getCopyOfContextMap(); // on the thread that forks
                    return task -> {
                        if (mdc != null) {
                            MDC.setContextMap(mdc); // on the fork's own
                        }
                        task.proceed();
                    };
                });
    }
    // end region
}
