package dev.vloop.micrometer;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The names of exceptions, as values of a tag. Their number is limited, because classes can be made at run time. Any thread. */
final class ExceptionNames {
    static final String NONE = "none";

    private static final int MOST = 50;

    private final Set<String> names = ConcurrentHashMap.newKeySet();

    /** {@return its simple name, as other tags of Micrometer have it; {@code other} if there are too many} */
    String of(Throwable thrown) {
        String simple = thrown.getClass().getSimpleName();
        return of(simple.isEmpty() ? "anonymous" : simple);
    }

    String of(String name) {
        if (names.contains(name)) {
            return name;
        }
        if (names.size() >= MOST) {
            return Kinds.OTHER;
        }
        names.add(name);
        return name;
    }
}
