package dev.vloop.bench.peers;

import dev.vloop.LoopListener;
import dev.vloop.micrometer.LoopMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Makes contenders by name. */
public final class Contenders {
    private Contenders() {}

    /**
     * {@return a new contender}
     *
     * @param name its name
     * @param loops how many loops it will have
     */
    public static Contender of(String name, int loops) {
        return switch (name) {
            case "vloop" -> new Vloop(null, false);
            case "vloop+listener" -> new Vloop(new LoopListener() {}, false);
            case "vloop+metrics" -> new Vloop(LoopMetrics.of(new SimpleMeterRegistry()), false);
            case "vloop+timeout" -> new Vloop(null, true);
            case "hand-written" -> new HandWritten(loops, false);
            case "hand-written, parks" -> new HandWritten(loops, true);
            case "pool" -> new Pool(loops, false);
            case "pool+virtual" -> new Pool(loops, true);
            case "Spring" -> new SpringLoops(loops);
            case "coroutines" -> new CoroutineLoops();
            default -> throw new IllegalArgumentException("no contender '" + name + "'");
        };
    }
}
