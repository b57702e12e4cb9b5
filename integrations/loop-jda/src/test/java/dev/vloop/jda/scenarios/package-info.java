/**
 * A bot against a Discord that fails, for seconds and in real time: each message comes once, no tick runs twice, none is left out. Tagged
 * "bots", run by {@code mvn verify -Pbots}; {@code -Dbots.rounds=20} repeats each scenario, {@code -Dbots.seed} changes the moments.
 */
package dev.vloop.jda.scenarios;
