package dev.vloop.vthreads.scopes;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The methods of one {@code StructuredTaskScope}, found by name and type. The API is in preview and was changed in JDK
 * 25, 26 and 27; of all it has, only what is named here is used:
 *
 * <table>
 * <caption>Variants</caption>
 * <tr><th>JDK</th><th>opened by</th></tr>
 * <tr><td>21 to 24</td><td>{@code new StructuredTaskScope(String, ThreadFactory)}</td></tr>
 * <tr><td>25</td><td>{@code open(Joiner, Function)}</td></tr>
 * <tr><td>from 26 on</td><td>{@code open(Joiner, UnaryOperator)}</td></tr>
 * </table>
 *
 * <p>Class files that call these methods directly would run on a single JDK, with a flag; handles run on all, without.
 */
final class ScopeShape {
    /** Why there is nothing; null if there is. */
    final @Nullable String missing;
    /** What configures a scope that is opened: a Function or a UnaryOperator; null if a constructor opens it. */
    final @Nullable Class<?> configuredBy;
    // Of each handle, all parameters and the result are Objects.
    /** Takes a name and a thread factory if a constructor opens, else a joiner and what configures. */
    final MethodHandle open;
    /** Takes the scope and a Callable. */
    final MethodHandle fork;
    /** Takes the scope. */
    final MethodHandle join;
    /** Takes a configuration and a name; not with a constructor. */
    final MethodHandle withName;
    /** Takes a configuration and a thread factory; not with a constructor. */
    final MethodHandle withThreadFactory;
    /**
     * Makes a Joiner; not with a constructor. It cancels the scope when a task fails, which ours never do, and keeps
     * nothing of those that have ended; others keep a list. (One made by {@code Proxy} takes 20 ms at its first use.)
     */
    final MethodHandle joiner;

    /** Every handle is one of a wrong type: calling it fails at once. */
    private ScopeShape(String missing) {
        this.missing = missing;
        configuredBy = null;
        open = fork = join = joiner = withName = withThreadFactory = MethodHandles.zero(void.class);
    }

    private ScopeShape(Class<?> scope) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        missing = null;
        fork = generic(lookup.findVirtual(scope, "fork", methodType(nested(scope, "Subtask"), Callable.class)));
        if (!AutoCloseable.class.isAssignableFrom(scope)) {
            throw new NoSuchMethodException("it is not AutoCloseable");
        }
        if (scope.isInterface()) {
            Class<?> joining = nested(scope, "Joiner");
            Class<?> configuration = nested(scope, "Configuration");
            configuredBy = opensByOperator(scope) ? UnaryOperator.class : Function.class;
            open = generic(lookup.findStatic(scope, "open", methodType(scope, joining, configuredBy)));
            join = generic(lookup.findVirtual(scope, "join", methodType(Object.class)));
            withName = generic(lookup.findVirtual(configuration, "withName", methodType(configuration, String.class)));
            withThreadFactory = generic(lookup.findVirtual(
                    configuration, "withThreadFactory", methodType(configuration, ThreadFactory.class)));
            joiner = generic(lookup.findStatic(joining, "awaitAllSuccessfulOrThrow", methodType(joining)));
        } else {
            configuredBy = null;
            open = generic(lookup.findConstructor(scope, methodType(void.class, String.class, ThreadFactory.class)));
            join = generic(lookup.findVirtual(scope, "join", methodType(scope)));
            joiner = withName = withThreadFactory = MethodHandles.zero(void.class);
        }
    }

    private static MethodHandle generic(MethodHandle handle) {
        return handle.asType(handle.type().generic());
    }

    /** {@return the shape of the running JDK's StructuredTaskScope, or what is missing} */
    static ScopeShape ofThisJdk() {
        try {
            return of(Class.forName("java.util.concurrent.StructuredTaskScope"));
        } catch (ClassNotFoundException | LinkageError e) {
            return new ScopeShape("JDK " + Runtime.version().feature() + " has no StructuredTaskScope");
        }
    }

    /**
     * {@return the shape of a class, or what is missing}
     *
     * @param scope the class or interface to look into
     */
    static ScopeShape of(Class<?> scope) {
        try {
            return new ScopeShape(scope);
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            return new ScopeShape("JDK " + Runtime.version().feature() + "'s " + scope.getSimpleName()
                    + " has an unknown shape: " + e);
        }
    }

    private static Class<?> nested(Class<?> scope, String name) throws ClassNotFoundException {
        return Class.forName(scope.getName() + "$" + name, false, scope.getClassLoader());
    }

    /** Looks at all methods, as a NoSuchMethodException costs milliseconds at its first use. */
    private static boolean opensByOperator(Class<?> scope) {
        for (Method method : scope.getMethods()) {
            if (method.getName().equals("open")) {
                Class<?>[] parameters = method.getParameterTypes();
                if (parameters.length == 2 && parameters[1] == UnaryOperator.class) {
                    return true;
                }
            }
        }
        return false;
    }
}
