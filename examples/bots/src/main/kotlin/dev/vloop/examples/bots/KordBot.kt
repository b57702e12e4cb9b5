package dev.vloop.examples.bots

// region kord
import dev.kord.common.entity.Snowflake
import dev.kord.core.Kord
import dev.kord.core.behavior.channel.MessageChannelBehavior
import dev.kord.core.behavior.channel.createMessage
import dev.kord.rest.request.RestRequestException
import dev.vloop.Backoff
import dev.vloop.Reaction
import dev.vloop.kotlin.*
import dev.vloop.vthreads.VirtualLoops
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlin.time.toJavaDuration

fun main() {
    val loops = VirtualLoops.builder()
        .eachLoop {
            on<RestRequestException> { if (it.status.code >= 500) Reaction.RETRY else Reaction.CONTINUE }
            backoff(Backoff.exponential(2.seconds.toJavaDuration(), 1.minutes.toJavaDuration())) // while Discord knows the nonce
        }
        .create()
    runSuspending {
        val kord = Kord(System.getenv("DISCORD_TOKEN"))
        val channel = MessageChannelBehavior(Snowflake(System.getenv("DISCORD_CHANNEL")), kord)
        loops.loop("hello")
            .every(1.minutes)
            .start {
                runSuspending {
                    channel.createMessage {
                        content = "hello ${it.index}"
                        nonce = "hello${it.scheduledAt.toEpochMilli()}" // the same in each attempt
                        enforceNonce = true // so Discord makes one message of them
                    }
                }
            }
        loops.shutdownOnExit(8.seconds) { runSuspending { kord.shutdown() } }
        kord.login() // until kord.shutdown()
    }
    loops.close() // Discord has closed the session for good
}
// end region
