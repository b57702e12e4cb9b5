package dev.vloop.testkit.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A host for each test, threads on it, and a log of what they do. */
abstract class HostFixture {
    /** A second. */
    static final long S = 1_000_000_000L;

    /** What happened, in the order in which it did, each with its virtual second. */
    final List<String> log = Collections.synchronizedList(new ArrayList<>());

    /** The host under test. A test may put another one in its place, and closes the one before. */
    VirtualHost host;

    abstract VirtualHost create(HostSettings settings);

    /** {@return an exact host as users get it: after the self-test, and after the JDK has its threads for sockets} */
    static VirtualHost exact(HostSettings settings) {
        ExactAccess found = ExactAccess.FOUND;
        return new ExactHost(settings, Objects.requireNonNull(found.virtualThreads(), found.obstacle()));
    }

    static HostSettings settings() {
        return HostSettings.DEFAULT.withPatience(Duration.ofMillis(400));
    }

    @BeforeEach
    void createHost() {
        host = create(settings());
    }

    @AfterEach
    void closeHost() {
        host.close();
    }

    /** The body of a thread of the test. */
    interface Body {
        void run() throws Exception;
    }

    Thread start(String name, Body body) {
        Thread thread = host.newThread(name, () -> {
            try {
                body.run();
            } catch (InterruptedException e) {
                log(name + " interrupted");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        return thread;
    }

    void log(String what) {
        log.add(host.nanoTime() / S + " " + what);
    }

    void sleep(long seconds) throws InterruptedException {
        host.sleepUntil(host.nanoTime() + seconds * S);
    }

    void advance(long seconds) {
        host.advanceTo(host.nanoTime() + seconds * S);
    }

    void settle() {
        advance(0);
    }
}
