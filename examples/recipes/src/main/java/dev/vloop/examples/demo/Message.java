package dev.vloop.examples.demo;

/**
 * What the server produces, and what must not get lost.
 *
 * @param id from 1, without gaps
 */
record Message(long id, String text) {
    String toLine() {
        return id + "\t" + text + "\n";
    }

    static Message ofLine(String line) {
        int tab = line.indexOf('\t');
        return new Message(Long.parseLong(line.substring(0, tab)), line.substring(tab + 1));
    }
}
