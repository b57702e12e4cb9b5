package dev.vloop.examples.demo;

/**
 * A message that the server produces. None of them may get lost.
 *
 * @param id counts from 1, without gaps
 * @param text the content
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
