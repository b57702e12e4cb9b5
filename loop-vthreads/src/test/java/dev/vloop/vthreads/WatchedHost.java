package dev.vloop.vthreads;

import dev.vloop.spi.Host;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/** The host of production, with a test that hears of each call before it is made. */
final class WatchedHost {
    private WatchedHost() {}

    /** @param called is given the name of the method, on the thread that calls it; what it throws, the method throws */
    static Host telling(Consumer<String> called) {
        return (Host) Proxy.newProxyInstance(
                Host.class.getClassLoader(), new Class<?>[] {Host.class}, (proxy, method, arguments) -> {
                    called.accept(method.getName());
                    return method.invoke(SystemHost.SHARED, arguments);
                });
    }
}
