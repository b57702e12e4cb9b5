package dev.vloop.testkit.agent;

import java.util.List;
import java.util.Set;

/**
 * One row of {@link JdkTable}: what is done to methods of one class of the JDK.
 *
 * @param from the first JDK that needs it
 * @param to the last one
 * @param type the class, by its internal name
 * @param methods the methods: names, or one name with its descriptor
 * @param change what is done to them
 */
record Rewrite(int from, int to, String type, Set<String> methods, Change change) {
    /** The newest JDK whose rows were looked at; on a newer one they are tried as they are. */
    static final int LAST = 28;

    /** What can be done to a method. */
    sealed interface Change {}

    /**
     * Reads of the clock become calls of two static methods.
     *
     * @param hooks the class that has them
     * @param nanos instead of {@code System.nanoTime()}
     * @param millis instead of {@code System.currentTimeMillis()}
     */
    record Clock(String hooks, String nanos, String millis) implements Change {}

    /**
     * {@code System.nanoTime()} becomes a call of {@code Pools.nanoTime(pool)}.
     *
     * @param pool where the pool is
     */
    record PoolClock(Arg pool) implements Change {}

    /**
     * A static method is called before or after all else.
     *
     * @param when when, and what becomes of its result
     * @param hooks the class that has it
     * @param hook its name
     * @param descriptor its descriptor
     * @param args what it is handed
     */
    record Call(When when, String hooks, String hook, String descriptor, List<Arg> args) implements Change {}

    /** When a hook is called, and what becomes of its result. */
    enum When {
        /** At the beginning; it has no result. */
        BEFORE,
        /** At the beginning; if it is true, the method returns. */
        UNLESS,
        /** At the beginning; if it is not null, the method returns it. */
        INSTEAD,
        /** Before each return; it has no result. */
        AFTER
    }

    /** A value that a hook is handed. */
    sealed interface Arg {}

    /**
     * A local variable at the method's beginning.
     *
     * @param slot its number
     * @param type its descriptor
     */
    record Local(int slot, String type) implements Arg {}

    /**
     * A field of the method's object.
     *
     * @param name its name
     * @param type its descriptor
     */
    record Field(String name, String type) implements Arg {}

    boolean isFor(int jdk) {
        return from <= jdk && (jdk <= to || to == LAST);
    }

    boolean concerns(String method, String descriptor) {
        return methods.contains(method) || methods.contains(method + descriptor);
    }

    @Override
    public String toString() {
        return type.replace('/', '.') + methods;
    }
}
