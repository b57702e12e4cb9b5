package dev.vloop.testkit.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who holds the lock, monitor or class that a thread of an exact test is blocked on. It may be a thread of another test, which
 * loads or initializes a class, or uses a map of the whole JVM. That thread goes on in real time, so virtual time must not move meanwhile.
 * Any thread may use it.
 *
 * <p>A lock knows its owner. A monitor does not tell its owner, but from JDK 25 on a thread tells its monitors. Nothing tells who
 * initializes a class. It is never a thread of the same test, because such a thread keeps its carrier.
 */
final class LockOwners {
    /** What this JDK offers. It needs {@code java.lang} opened, as the exact engine does. */
    static final LockOwners FOUND = find();

    /** Only locks of this package have an owner, and tell it. */
    private static final String LOCKS = "java.util.concurrent.locks";

    /** {@code AbstractOwnableSynchronizer.getExclusiveOwnerThread}; null if we may not call it. */
    private final @Nullable Method owner;

    /** Null before JDK 25. */
    private final @Nullable Snapshots snapshots;

    /** The methods of {@code jdk.internal.vm.ThreadSnapshot}. */
    private record Snapshots(Method of, Method blockedOn, Method ownsMonitors, Method ownedMonitorsAt, Method stack) {}

    private LockOwners(@Nullable Method owner, @Nullable Snapshots snapshots) {
        this.owner = owner;
        this.snapshots = snapshots;
    }

    private static LockOwners find() {
        Method owner = null;
        Snapshots snapshots = null;
        try {
            open(LOCKS);
            owner = method(AbstractOwnableSynchronizer.class, "getExclusiveOwnerThread");
            open("jdk.internal.vm");
            Class<?> type = Class.forName("jdk.internal.vm.ThreadSnapshot");
            snapshots = new Snapshots(
                    method(type, "of", Thread.class),
                    method(type, "blockedOn"),
                    method(type, "ownsMonitors"),
                    method(type, "ownedMonitorsAt", int.class),
                    method(type, "stackTrace"));
        } catch (ReflectiveOperationException | RuntimeException e) {
            // this JDK does not tell it
        }
        return new LockOwners(owner, snapshots);
    }

    /** Opens a package of the JDK to this class, by way of {@code java.lang}. */
    private static void open(String name) throws ReflectiveOperationException {
        Method opens = method(Module.class, "implAddOpens", String.class, Module.class);
        opens.invoke(Object.class.getModule(), name, LockOwners.class.getModule());
    }

    private static Method method(Class<?> type, String name, Class<?>... parameters) throws NoSuchMethodException {
        Method method = type.getDeclaredMethod(name, parameters);
        method.setAccessible(true);
        return method;
    }

    /** {@return whether this JDK tells who holds a monitor} */
    boolean tellsMonitors() {
        return snapshots != null;
    }

    /** {@return whether a thread that parks waits for a lock that has an owner} */
    static boolean waitsForLock(Thread thread) {
        Object blocker = LockSupport.getBlocker(thread);
        return blocker instanceof AbstractOwnableSynchronizer
                && blocker.getClass().getPackageName().equals(LOCKS);
    }

    /** {@return the owner of the lock that a thread parks for; null if it parks for none, or if the owner is not known} */
    @Nullable
    Thread lockOwner(Thread thread) {
        Object blocker = LockSupport.getBlocker(thread);
        if (owner == null || !(blocker instanceof AbstractOwnableSynchronizer)) {
            return null;
        }
        try {
            return (Thread) owner.invoke(blocker);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    /** {@return the monitor that a thread is blocked on; null if there is none, or if it waits for a class to be initialized} */
    @Nullable
    Object monitorOf(Thread blocked) {
        if (snapshots == null) {
            return null;
        }
        try {
            Object snapshot = snapshots.of.invoke(null, blocked);
            return snapshot == null ? null : snapshots.blockedOn.invoke(snapshot);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    /** {@return whether a thread holds a monitor; false if this JDK does not tell} */
    @SuppressWarnings("ReferenceEquality")
    boolean holds(Thread thread, Object monitor) {
        if (snapshots == null) {
            return false;
        }
        try {
            Object snapshot = snapshots.of.invoke(null, thread);
            if (snapshot == null || !(boolean) snapshots.ownsMonitors.invoke(snapshot)) {
                return false;
            }
            int depth = ((Object[]) snapshots.stack.invoke(snapshot)).length;
            for (int i = 0; i < depth; i++) {
                if (((Stream<?>) snapshots.ownedMonitorsAt.invoke(snapshot, i)).anyMatch(each -> each == monitor)) {
                    return true;
                }
            }
            return false;
        } catch (InvocationTargetException | IllegalAccessException e) {
            return false;
        }
    }
}
