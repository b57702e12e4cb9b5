package dev.vloop.testkit.agent;

import java.nio.charset.StandardCharsets;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

/** The bytes of a class, also of a class that is newer than the library that reads it. */
final class ClassFile {
    private static final int MAJOR = 6;

    /** The newest version that ASM reads. What came later has so far changed nothing that matters here. */
    private static final int NEWEST = Opcodes.V27;

    private final byte[] bytes;
    private final int version;

    ClassFile(byte[] bytes) {
        this.bytes = bytes;
        version = (bytes[MAJOR] & 0xff) << 8 | (bytes[MAJOR + 1] & 0xff);
    }

    ClassReader reader() {
        if (version <= NEWEST) {
            return new ClassReader(bytes);
        }
        byte[] older = bytes.clone();
        putVersion(older, NEWEST);
        return new ClassReader(older);
    }

    /** Gives a rewritten class the version that it had. */
    byte[] restored(byte[] rewritten) {
        putVersion(rewritten, version);
        return rewritten;
    }

    private static void putVersion(byte[] of, int version) {
        of[MAJOR] = (byte) (version >> 8);
        of[MAJOR + 1] = (byte) version;
    }

    /** {@return whether one of the texts is in the bytes of the class} A class that has it among its constants does; few others do. */
    boolean mentions(String... texts) {
        String all = new String(bytes, StandardCharsets.ISO_8859_1);
        for (String text : texts) {
            if (all.contains(text)) {
                return true;
            }
        }
        return false;
    }
}
