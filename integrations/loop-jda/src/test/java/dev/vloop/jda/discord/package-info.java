/**
 * A Discord for tests, on this machine: {@link dev.vloop.jda.discord.FakeDiscord}. It speaks what JDA needs of the REST API and of the
 * gateway, version 10, and fails when a test tells it to.
 *
 * <p>FakeDiscord starts and ends both. FakeRest has the channel, and an {@link dev.vloop.jda.discord.Answer} for each message. FakeGateway
 * has the sessions. Payloads are the JSON objects of both.
 */
package dev.vloop.jda.discord;
