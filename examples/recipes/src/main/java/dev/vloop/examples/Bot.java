package dev.vloop.examples;

import java.io.IOException;
import java.util.List;

/** What the recipes need from a bot. It is like JDA, but small. */
interface Bot {
    /** Blocks until the bot is connected. */
    void awaitReady() throws InterruptedException;

    /** Says something. */
    void print(Object text);

    /** {@return the names of the guilds that the bot is in} */
    List<String> guilds();

    /** Says good morning to a guild. */
    void greet(String guild) throws IOException;

    /** {@return what an HTTP server answers} */
    String fetch(String path) throws IOException, InterruptedException;

    /** Disconnects. */
    void shutdown();
}
