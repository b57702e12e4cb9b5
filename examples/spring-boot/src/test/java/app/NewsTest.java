// region first-test
package app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.spring.test.VirtualTime;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
@VirtualTime
class NewsTest {
    @Test
    void is_read_every_five_minutes(TestLoops loops, @Autowired News news) {
        int before = news.howOften();
        loops.advance(Duration.ofHours(1)); // takes no time
        assertThat(news.howOften() - before).isEqualTo(12);
    }
}
// end region
