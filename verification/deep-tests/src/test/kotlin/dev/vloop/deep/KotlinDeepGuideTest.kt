package dev.vloop.deep

import com.github.benmanes.caffeine.cache.Caffeine
import dev.vloop.kotlin.advance
import dev.vloop.kotlin.every
import dev.vloop.testkit.LoopTest
import dev.vloop.testkit.TestLoops
import io.github.resilience4j.retry.Retry
import io.github.resilience4j.retry.RetryConfig
import java.io.IOException
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse.BodyHandlers
import java.time.Instant
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlin.time.toJavaDuration
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach

/** The Kotlin code of the chapter on deep virtual time in `docs/testing.md`: loop-kotlin's TestingGuideTest compares. */
class KotlinDeepGuideTest {
    private val said = mutableListOf<Any>()
    private val server = FlakyServer()

    private fun print(what: Any) {
        said += what
    }

    @AfterEach
    fun stopServer() = server.close()

    /** It knows nothing of tests. */
    class PriceBot(private val uri: URI) {
        private val client = HttpClient.newHttpClient()
        private val cache = Caffeine.newBuilder().expireAfterWrite(10.minutes.toJavaDuration()).build<String, String>()
        private val retry =
            Retry.of("price", RetryConfig.custom<String>().waitDuration(30.seconds.toJavaDuration()).build())

        fun price(): String =
            cache.getIfPresent("price") ?: retry.executeCallable(::ask).also { cache.put("price", it) }

        private fun ask(): String {
            val response = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
            if (response.statusCode() != 200) throw IOException("status ${response.statusCode()}")
            return response.body()
        }
    }

    @LoopTest
    fun `a bot that knows nothing of tests`(loops: TestLoops) {
        val bot = PriceBot(server.uri()) // a real server, which refuses its first request
        loops.loop("prices").every(1.minutes).start { print("${bot.price()} at ${Instant.now()}") }
        loops.advance(20.minutes)
        assertThat(said).first().isEqualTo("42 at 2000-01-01T00:00:30Z") // Resilience4j has waited 30 s
        assertThat(said).hasSize(21)
        assertThat(server.requests()).isEqualTo(3) // Caffeine's entry has expired once
    }
}
