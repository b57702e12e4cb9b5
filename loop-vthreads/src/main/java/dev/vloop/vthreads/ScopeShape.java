package dev.vloop.vthreads;

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
 * <tr><th>variant</th><th>JDK</th><th>opened by</th></tr>
 * <tr><td>CLASS</td><td>21 to 24</td><td>{@code new StructuredTaskScope(String, ThreadFactory)}</td></tr>
 * <tr><td>FUNCTION</td><td>25</td><td>{@code open(Joiner, Function)}</td></tr>
 * <tr><td>OPERATOR</td><td>from 26 on</td><td>{@code open(Joiner, UnaryOperator)}</td></tr>
 * </table>
 *
 * <p>Class files that call these methods directly would run on a single JDK, with a flag; handles run on all, without.
 */
final class ScopeShape {
    /** How a scope is opened. */
    enum Variant {
        /** By a constructor. */
        CLASS,
        /** By a method that takes a configuring Function. */
        FUNCTION,
        /** By a method that takes a configuring UnaryOperator. */
        OPERATOR,
        /** Not at all. */
        NONE
    }

    final Variant variant;
    /** Why there is nothing; null unless the variant is NONE. */
    final @Nullable String missing;
    /** CLASS: {@code (String, ThreadFactory)Object}, others: {@code (Object joiner, UnaryOperator)Object}. */
    final MethodHandle open;
    /** {@code (Object scope, Callable)Object}. */
    final MethodHandle fork;
    /** {@code (Object scope)Object}. */
    final MethodHandle join;
    /** {@code (Object configuration, String)Object}; not for CLASS. */
    final MethodHandle withName;
    /** {@code (Object configuration, ThreadFactory)Object}; not for CLASS. */
    final MethodHandle withThreadFactory;
    /**
     * {@code ()Object}, a Joiner; not for CLASS. It cancels the scope when a task fails, which ours never do, and keeps
     * nothing of those that have ended; others keep a list. (One made by {@code Proxy} takes 20 ms at its first use.)
     */
    final MethodHandle joiner;

    /** Every handle is one of a wrong type: calling it fails at once. */
    private ScopeShape(String missing) {
        variant = Variant.NONE;
        this.missing = missing;
        open = fork = join = joiner = withName = withThreadFactory = MethodHandles.zero(void.class);
    }

    private ScopeShape(Class<?> scope) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        missing = null;
        fork = lookup.findVirtual(scope, "fork", methodType(nested(scope, "Subtask"), Callable.class))
                .asType(methodType(Object.class, Object.class, Callable.class));
        if (!AutoCloseable.class.isAssignableFrom(scope)) {
            throw new NoSuchMethodException("it is not AutoCloseable");
        }
        if (scope.isInterface()) {
            Class<?> joining = nested(scope, "Joiner");
            Class<?> configuration = nested(scope, "Configuration");
            variant = opensByOperator(scope) ? Variant.OPERATOR : Variant.FUNCTION;
            Class<?> configuring = variant == Variant.OPERATOR ? UnaryOperator.class : Function.class;
            open = lookup.findStatic(scope, "open", methodType(scope, joining, configuring))
                    .asType(methodType(Object.class, Object.class, UnaryOperator.class));
            join = lookup.findVirtual(scope, "join", methodType(Object.class))
                    .asType(methodType(Object.class, Object.class));
            withName = lookup.findVirtual(configuration, "withName", methodType(configuration, String.class))
                    .asType(methodType(Object.class, Object.class, String.class));
            withThreadFactory = lookup.findVirtual(
                            configuration, "withThreadFactory", methodType(configuration, ThreadFactory.class))
                    .asType(methodType(Object.class, Object.class, ThreadFactory.class));
            joiner = lookup.findStatic(joining, "awaitAllSuccessfulOrThrow", methodType(joining))
                    .asType(methodType(Object.class));
        } else {
            variant = Variant.CLASS;
            open = lookup.findConstructor(scope, methodType(void.class, String.class, ThreadFactory.class))
                    .asType(methodType(Object.class, String.class, ThreadFactory.class));
            join = lookup.findVirtual(scope, "join", methodType(scope)).asType(methodType(Object.class, Object.class));
            joiner = withName = withThreadFactory = MethodHandles.zero(void.class);
        }
    }

    /** {@return the shape of the running JDK's StructuredTaskScope; of variant NONE if there is none that we know} */
    static ScopeShape ofThisJdk() {
        try {
            return of(Class.forName("java.util.concurrent.StructuredTaskScope"));
        } catch (ClassNotFoundException | LinkageError e) {
            return new ScopeShape("JDK " + Runtime.version().feature() + " has no StructuredTaskScope");
        }
    }

    /**
     * {@return the shape of a class; of variant NONE if we do not know it}
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
