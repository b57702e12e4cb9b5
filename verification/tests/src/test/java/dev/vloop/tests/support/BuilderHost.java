package dev.vloop.tests.support;

import dev.vloop.spi.Host;
import dev.vloop.vthreads.VirtualLoops;
import java.lang.reflect.Method;
import java.util.function.UnaryOperator;

/** Puts a test's own host around the one that a builder has, which the builder shows to nobody. */
public final class BuilderHost {
    private BuilderHost() {}

    /** Replaces the builder's host by what {@code around} makes of it. */
    public static void wrap(VirtualLoops.Builder builder, UnaryOperator<Host> around) {
        try {
            Method host = builder.getClass().getDeclaredMethod("host");
            host.setAccessible(true);
            builder.host(around.apply((Host) host.invoke(builder)));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("RuntimeBuilder.host", e);
        }
    }
}
