package dev.vloop.examples.spring;

import dev.vloop.Loop;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What the web sees. */
@RestController
class PricesController {
    private final Loop fetching;
    private final Prices prices;
    private final Outbox outbox;

    // region spring-inject
    PricesController(@Qualifier("prices") Loop fetching, Prices prices, Outbox outbox) {
        this.fetching = fetching;
        this.prices = prices;
        this.outbox = outbox;
    }

    @PostMapping("/prices/now")
    void fetchNow() {
        fetching.trigger();
    }
    // end region

    @GetMapping("/prices/fetches")
    int fetches() {
        return prices.fetches();
    }

    @PostMapping("/messages")
    void send(@RequestBody String message) {
        outbox.put(message);
    }
}
