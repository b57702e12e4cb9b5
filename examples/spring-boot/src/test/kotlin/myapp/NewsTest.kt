// region first-test
package myapp

import dev.vloop.kotlin.*
import dev.vloop.spring.test.VirtualTime
import dev.vloop.testkit.TestLoops
import kotlin.time.Duration.Companion.hours
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.test.context.SpringBootTest

@SpringBootTest
@VirtualTime
class NewsTest {
    @Test
    fun `is read every five minutes`(loops: TestLoops, @Autowired news: News) {
        val before = news.read.get()
        loops.advance(1.hours) // takes no time
        assertThat(news.read.get() - before).isEqualTo(12)
    }
}
// end region
