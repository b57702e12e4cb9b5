package dev.vloop.testkit.agent;

import dev.vloop.testkit.agent.Rewrite.Arg;
import dev.vloop.testkit.agent.Rewrite.Call;
import dev.vloop.testkit.agent.Rewrite.Change;
import dev.vloop.testkit.agent.Rewrite.Local;
import dev.vloop.testkit.agent.Rewrite.When;
import java.util.Arrays;
import java.util.Set;

/** Methods that make the rows of {@link JdkTable} and {@link JdkPools} short. */
final class Rows {
    /** In the column of the last JDK: also those to come. */
    static final int NOW = Rewrite.LAST;

    static final String BOOT = BootJar.PACKAGE;
    static final String CONCURRENT = "java/util/concurrent/";
    static final String LOCKS = "java/util/concurrent/locks/";
    static final Arg THIS = new Local(0, "Ljava/lang/Object;");

    private Rows() {}

    static Rewrite row(int from, int to, String type, Change change, String... methods) {
        return new Rewrite(from, to, type, Set.of(methods), change);
    }

    /** The hook is written as class, method and descriptor. */
    static Change call(When when, String hook, Arg... args) {
        int name = hook.indexOf('.');
        int descriptor = hook.indexOf('(');
        return new Call(
                when,
                BOOT + hook.substring(0, name),
                hook.substring(name + 1, descriptor),
                hook.substring(descriptor),
                Arrays.asList(args));
    }

    static Arg local(int slot, String type) {
        return new Local(slot, type);
    }

    /** A long. */
    static Arg nanos(int slot) {
        return new Local(slot, "J");
    }
}
