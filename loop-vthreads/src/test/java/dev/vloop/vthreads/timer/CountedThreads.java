package dev.vloop.vthreads.timer;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A timer's threads, which can be refused as a JVM refuses them that has run out of them. */
final class CountedThreads extends TimerThreads {
    /** All that were asked for, those included that could not be started. */
    final List<Thread> platform = new CopyOnWriteArrayList<>();

    final List<Thread> virtual = new CopyOnWriteArrayList<>();

    volatile boolean refusesPlatform;
    volatile boolean refusesVirtual;

    /** How often it was not known yet whether the JDK's timed parks work. */
    final CountDownLatch unknown = new CountDownLatch(2);

    /** How often it was asked. */
    final AtomicInteger trials = new AtomicInteger();

    @Override
    boolean tryPark() {
        trials.incrementAndGet();
        boolean known = unknown.getCount() == 0;
        unknown.countDown();
        return known;
    }

    @Override
    Thread platform(Runnable timer) {
        Thread made = refusesPlatform ? new Refused() : super.platform(timer);
        platform.add(made);
        return made;
    }

    @Override
    Thread virtual(Runnable timer) {
        if (refusesVirtual) {
            throw new OutOfMemoryError("on purpose");
        }
        Thread made = super.virtual(timer);
        virtual.add(made);
        return made;
    }

    /** Fails as the JDK does: it is there, but cannot be started. */
    private static final class Refused extends Thread {
        @Override
        public void start() {
            throw new OutOfMemoryError("unable to create native thread: on purpose");
        }
    }
}
