package dev.vloop.spring.test;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Objects that pass calls on. Each equals only itself. */
final class Proxies {
    private static final Object[] NONE = {};

    private Proxies() {}

    /** What is done with a call. */
    interface Handler {
        @Nullable
        Object call(Method method, Object[] arguments) throws Throwable;
    }

    static <T> T of(Class<T> type, Handler handler) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    Object[] arguments = given == null ? NONE : given;
                    return switch (method.getName()) {
                        case "equals" -> proxy == arguments[0];
                        case "hashCode" -> System.identityHashCode(proxy);
                        default -> handler.call(method, arguments);
                    };
                }));
    }

    /** Calls a method, and throws what it throws. */
    static @Nullable Object call(Object target, Method method, Object... arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
