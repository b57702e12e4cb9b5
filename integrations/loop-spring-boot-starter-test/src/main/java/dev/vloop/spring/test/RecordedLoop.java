package dev.vloop.spring.test;

import dev.vloop.Loop;
import dev.vloop.LoopBody;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopRuntime;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A loop that the application has built while its context started. The application keeps one object, and behind it is the loop of the
 * current test.
 */
final class RecordedLoop {
    private final String name;
    private final ContextLoops context;

    /** Methods whose effect outlives a run, or the wait for one. */
    private static final Set<String> CHANGES =
            Set.of("pause", "resume", "changeSchedule", "changeInterval", "changeReactions");

    /** Refuses wrong arguments where they are given. */
    private final LoopBuilder first;

    /** The calls of the builder, in their order. */
    private final List<Call> calls = new ArrayList<>();

    /** What the loop was told while the context started, in that order. */
    private final List<Call> changes = new ArrayList<>();

    private final LoopBuilder builder = Proxies.of(LoopBuilder.class, this::tell);

    /** The object that the application has. */
    private final Loop shown = Proxies.of(Loop.class, this::call);

    /** Set by the last call of the builder. */
    private @Nullable LoopBody body;

    /** The loop in the current runtime. */
    private volatile @Nullable Loop current;

    /** Whether the application has started it while the context started. */
    private volatile boolean marked;

    /** Whether it has asked for an iteration meanwhile. */
    private volatile boolean triggered;

    private record Call(Method method, List<Object> arguments) {}

    RecordedLoop(String name, LoopRuntime loops, ContextLoops context) {
        this.name = name;
        this.context = context;
        first = loops.loop(name);
    }

    String name() {
        return name;
    }

    LoopBuilder builder() {
        return builder;
    }

    /** Any method of the builder. */
    private @Nullable Object tell(Method method, Object[] arguments) throws Throwable {
        String called = method.getName();
        if (called.equals("toString")) {
            return first.toString();
        }
        if (!called.equals("build") && !called.startsWith("start")) {
            Proxies.call(first, method, arguments);
            calls.add(new Call(method, List.of(arguments)));
            return builder;
        }
        LoopBody given = (LoopBody) arguments[0];
        current = first.build(given);
        body = given;
        marked = !called.equals("build");
        context.add(this);
        return shown;
    }

    /** Builds the same loop in another runtime. */
    void buildIn(LoopRuntime loops) {
        LoopBuilder again = loops.loop(name);
        repeat(calls, again);
        Loop built = again.build(Objects.requireNonNull(body));
        current = built;
        repeat(changes, built);
    }

    private void repeat(List<Call> told, Object target) {
        for (Call call : told) {
            try {
                Proxies.call(target, call.method(), call.arguments().toArray());
            } catch (Throwable e) {
                throw new IllegalStateException("loop '" + name + "' cannot be built again: " + e.getMessage(), e);
            }
        }
    }

    void startIfMarked() {
        Loop loop = Objects.requireNonNull(current);
        if (marked) {
            loop.startIfIdle();
            if (triggered) {
                loop.trigger();
            }
        }
    }

    /** {@return whether this is what is behind the application's loop now} */
    boolean isBehind(Loop loop) {
        return current == loop;
    }

    /** {@return what the application has} */
    Loop shown() {
        return shown;
    }

    /** Any method of the loop that the application has. */
    private @Nullable Object call(Method method, Object[] arguments) throws Throwable {
        Loop loop = Objects.requireNonNull(current);
        if (!context.isStarting()) {
            Object result = Proxies.call(loop, method, arguments);
            return result == loop ? shown : result;
        }
        String called = method.getName();
        if (called.equals("trigger") && marked) {
            triggered = true;
            return null;
        }
        return switch (called) {
            case "start" -> mark(true, shown);
            case "startIfIdle" -> mark(true, !marked);
            case "restart" -> mark(true, null);
            case "stop", "cancel" -> mark(false, null);
            case "isRunning" -> marked;
            default -> {
                Object result = Proxies.call(loop, method, arguments);
                if (CHANGES.contains(called)) {
                    changes.add(new Call(method, List.of(arguments)));
                } else if (called.equals("remove")) {
                    context.forget(this);
                }
                yield result;
            }
        };
    }

    private @Nullable Object mark(boolean starts, @Nullable Object result) {
        marked = starts;
        return result;
    }
}
