package dev.vloop.tests.races;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/** What a plugin does with loops of its own; loaded by a class loader of its own, with a copy of the engine. */
public final class Plugin implements Runnable {
    /** What this plugin finds by {@link ServiceLoader}, if its body has its class loader. */
    public static final class Service implements Supplier<String> {
        @Override
        public String get() {
            return "a service of the plugin";
        }
    }

    @Override
    public void run() {
        LoopRuntime loops = VirtualLoops.create();
        loops.shutdownOnExit(Duration.ofSeconds(1), () -> System.out.println("then"));
        Loop loop = loops.loop("job")
                .every(Duration.ofHours(1))
                .count(1)
                .start(iteration -> iteration
                        .fork(() -> {
                            ServiceLoader.load(Supplier.class)
                                    .forEach(service -> System.out.println("found " + service.get()));
                            return null;
                        })
                        .get());
        try {
            loop.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        loops.loop("another").every(Duration.ofHours(1)).start(iteration -> {});
        loops.close();
    }
}
