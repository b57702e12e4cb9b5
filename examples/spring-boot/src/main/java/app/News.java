// region first-loop
package app;

import dev.vloop.spring.LoopMethod;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

@Component
class News {
    private final AtomicInteger read = new AtomicInteger();

    @LoopMethod(name = "news", every = "5m")
    void read() {
        System.out.println("news " + read.incrementAndGet());
    }

    int howOften() {
        return read.get();
    }
}
// end region
