package dev.vloop.examples.start

// region start-bot
import dev.vloop.jda.JdaLoops
import dev.vloop.kotlin.*
import dev.vloop.vthreads.VirtualLoops
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlin.time.toJavaDuration
import net.dv8tion.jda.api.JDABuilder
import net.dv8tion.jda.api.entities.channel.concrete.TextChannel

fun main() {
    val token = System.getenv("DISCORD_TOKEN") ?: error("set DISCORD_TOKEN")
    val channel = System.getenv("DISCORD_CHANNEL")?.toLong() ?: error("set DISCORD_CHANNEL")
    val jda = JDABuilder.createLight(token)
        .setEnableShutdownHook(false) // the loops end first
        .build()
    val discord = JdaLoops.of(jda)
    val loops = VirtualLoops.builder().defaults(discord::defaults).create()
    discord.watch(loops) // a reconnect, or the end of the session
    loops.shutdownOnExit(6.seconds) { discord.shutdown(2.seconds.toJavaDuration()) }
    loops.loop("hello")
        .every(1.minutes)
        .start { discord.send(it, discord.channel(TextChannel::class.java, channel), "hello ${it.index}") }
}
// end region
