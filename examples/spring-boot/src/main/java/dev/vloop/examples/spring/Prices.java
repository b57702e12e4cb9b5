package dev.vloop.examples.spring;

import dev.vloop.spring.LoopMethod;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** Fetches prices from time to time. */
@Component
class Prices {
    private final AtomicInteger fetches = new AtomicInteger();

    // region spring-method
    @LoopMethod(name = "prices", every = "${prices.every:5m}", timeout = "30s")
    void fetch() {
        fetches.incrementAndGet();
    }
    // end region

    int fetches() {
        return fetches.get();
    }
}
