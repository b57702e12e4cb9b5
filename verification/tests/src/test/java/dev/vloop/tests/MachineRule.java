package dev.vloop.tests;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Time, waits, threads and chance of the machine, as they look in the bytecode. */
final class MachineRule extends ArchCondition<JavaClass> {
    static final String ALL = "*";

    private static final String NEW = "<init>";

    private static final Map<String, Set<String>> FORBIDDEN = Map.ofEntries(
            Map.entry("java.lang.System", Set.of("nanoTime", "currentTimeMillis")),
            Map.entry("java.lang.Math", Set.of("random")),
            Map.entry(
                    "java.lang.Thread",
                    Set.of(
                            "sleep",
                            "start",
                            "startVirtualThread",
                            "interrupt",
                            "ofVirtual",
                            "ofPlatform",
                            "join",
                            NEW)),
            Map.entry("java.util.concurrent.locks.LockSupport", Set.of(ALL)),
            Map.entry("java.util.concurrent.locks.Condition", Set.of("await", "awaitNanos", "awaitUntil")),
            Map.entry("java.util.concurrent.CountDownLatch", Set.of("await")),
            Map.entry("java.util.concurrent.Executors", Set.of(ALL)),
            Map.entry("java.util.concurrent.CompletableFuture", Set.of("delayedExecutor", "get", "join")),
            Map.entry("java.util.concurrent.ThreadLocalRandom", Set.of(ALL)),
            Map.entry("java.util.Random", Set.of(ALL)),
            Map.entry("java.util.SplittableRandom", Set.of(ALL)),
            Map.entry("java.security.SecureRandom", Set.of(ALL)),
            Map.entry("java.util.Timer", Set.of(ALL)),
            Map.entry("java.time.Clock", Set.of(ALL)),
            Map.entry("java.time.InstantSource", Set.of("system")));

    /** Of whatever class: it is inherited. */
    private static final Pattern MONITOR_WAIT = Pattern.compile("\\.wait\\((long(, int)?)?\\)$");

    /** What some classes may do all the same: a method such as {@code Thread.start}, or {@link #ALL}. By simple name, outermost. */
    private final Map<String, Set<String>> permits;

    MachineRule(Map<String, Set<String>> permits) {
        super("touch time, waits, threads or chance of the machine");
        this.permits = permits;
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
        Set<String> permitted = permits.getOrDefault(outermost(item), Set.of());
        if (permitted.contains(ALL)) {
            return;
        }
        for (JavaAccess<?> access : item.getAccessesFromSelf()) {
            String method = access.getTargetOwner().getSimpleName() + "."
                    + access.getTarget().getName();
            boolean touches = isForbidden(access) && !permitted.contains(method);
            events.add(new SimpleConditionEvent(item, touches, access.getDescription()));
        }
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(MachineRule::outermost).orElse(type.getSimpleName());
    }

    private static boolean isForbidden(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        if (owner.startsWith("java.time.") && name.equals("now")) {
            return true;
        }
        if (isTimedWait(access, owner) || isMonitorWait(access)) {
            return true;
        }
        Set<String> names = FORBIDDEN.getOrDefault(owner, Set.of());
        return names.contains(name) || names.contains(ALL);
    }

    /** Whatever of java.util.concurrent takes a unit of time waits for it. */
    private static boolean isTimedWait(JavaAccess<?> access, String owner) {
        return owner.startsWith("java.util.concurrent.")
                && access.getTarget().getFullName().contains(TimeUnit.class.getName() + ")");
    }

    private static boolean isMonitorWait(JavaAccess<?> access) {
        return MONITOR_WAIT.matcher(access.getTarget().getFullName()).find();
    }
}
