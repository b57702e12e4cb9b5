package dev.vloop.dbscheduler.cost;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** Counts the statements that are prepared or made on the connections of a data source: each is executed once. */
@SuppressWarnings("NullAway") // proxies hand on what may be null
final class CountedDataSource {
    final AtomicLong reads = new AtomicLong();
    final AtomicLong writes = new AtomicLong();
    final DataSource dataSource;

    CountedDataSource(DataSource counted) {
        dataSource = proxy(DataSource.class, (self, method, arguments) -> {
            Object result = invoke(counted, method, arguments);
            return result instanceof Connection connection ? counting(connection) : result;
        });
    }

    private Connection counting(Connection connection) {
        return proxy(Connection.class, (self, method, arguments) -> {
            if (method.getName().equals("createStatement")) {
                reads.incrementAndGet();
            } else if (method.getName().equals("prepareStatement")) {
                boolean read =
                        ((String) arguments[0]).strip().toLowerCase(Locale.ROOT).startsWith("select");
                (read ? reads : writes).incrementAndGet();
            }
            return invoke(connection, method, arguments);
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
