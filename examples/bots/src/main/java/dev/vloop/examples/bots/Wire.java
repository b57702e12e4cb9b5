package dev.vloop.examples.bots;

import java.io.IOException;

// region wire
/** A connection that can say whether the other side has taken a line. */
interface Wire {
    /** Puts a line on the wire. Throws if there is no connection; then the line was not sent. */
    Receipt send(String line) throws IOException;

    interface Receipt {
        /** Returns when the server has taken the line. Throws if the connection was lost before it said so. */
        void await() throws IOException, InterruptedException;
    }
}
// end region
