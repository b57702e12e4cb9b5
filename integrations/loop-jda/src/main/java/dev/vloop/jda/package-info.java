/** What the loops of a Discord bot need of JDA. Begin with {@link dev.vloop.jda.JdaLoops}. */
@NullMarked
package dev.vloop.jda;

import org.jspecify.annotations.NullMarked;

/*
 * A map for those who change it.
 *
 * JdaLoops               what users call: waits, messages, channels, the start and the end
 * SessionWatch           the listener at JDA: wakes loops after a reconnect, closes the runtime when JDA has ended
 * Wire                   whether JDA has requests at Discord, for the end
 * NotConnectedException  what is thrown while JDA has no session; an IOException, so it is retried
 *
 * The tests have a Discord of their own, in dev.vloop.jda.discord: a REST server and a gateway that fail when told to. The scenarios
 * in dev.vloop.jda.scenarios run a bot against it for seconds; they are tagged "bots" and run with -Pbots.
 */
