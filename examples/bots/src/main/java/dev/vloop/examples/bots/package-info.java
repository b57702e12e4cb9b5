/**
 * Loops with the clients of several networks: what docs/bots.md and docs/start.md show, compiled against the real libraries. Code between
 * {@code // region} and {@code // end region} is on these pages; {@code ReadmeTest} of examples/recipes compares the two.
 *
 * <ul>
 *   <li>IRC: {@link dev.vloop.examples.bots.IrcChannel} is Kitteh's client as a {@link dev.vloop.examples.bots.Wire},
 *       {@link dev.vloop.examples.bots.Outbox} has what waits for it, {@link dev.vloop.examples.bots.IrcNews} is a program. {@code
 *       NgircdTest} runs them with a real server.
 *   <li>Others: {@link dev.vloop.examples.bots.TelegramBot}, {@link dev.vloop.examples.bots.TwitchBot},
 *       {@link dev.vloop.examples.bots.Discord4jBot}, and in Kotlin {@code KordBot.kt}.
 * </ul>
 */
@NullMarked
package dev.vloop.examples.bots;

import org.jspecify.annotations.NullMarked;
