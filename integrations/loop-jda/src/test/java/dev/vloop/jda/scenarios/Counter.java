package dev.vloop.jda.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Knows in a file which number comes next, also after the process was ended. */
final class Counter {
    private final Path file;

    Counter(Path file) {
        this.file = file;
    }

    long next() throws IOException {
        return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
    }

    /** As a whole or not at all. */
    void done(long number) throws IOException {
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(whole, Long.toString(number + 1));
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
