package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("real-time")
@DisplayName("R38: a call with too little stack left throws, and leaves nothing half done")
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("InfiniteRecursion") // that is what is tested
class StackEdgeTest {
    private static final Duration SLOT = Duration.ofMillis(1);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Their close may have been refused for want of stack. Their loops would then run on beside other tests. */
    private static final List<LoopRuntime> OTHERS = new CopyOnWriteArrayList<>();

    /** What is called. It must let others live, whether it throws or not. */
    enum Call {
        START,
        RESTART,
        TRIGGER,
        CHANGE,
        PAUSE,
        LOOK,
        JOIN,
        SLEEP,
        FORK_EACH,
        CLOSE_ANOTHER
    }

    private static void run(Call call, LoopRuntime loops, Iteration iteration) throws Exception {
        Loop other = other(loops);
        switch (call) {
            case START -> loops.loop("started").every(SLOT).count(1).startIfIdle(it -> {});
            case RESTART -> other.restart();
            case TRIGGER -> other.trigger();
            case CHANGE -> other.changeInterval(SLOT.plusNanos(System.nanoTime() % 1000));
            case PAUSE -> {
                other.pause();
                other.resume();
            }
            case LOOK -> {
                assertThat(loops.loops()).isNotEmpty();
                assertThat(loops.completed()).isEmpty();
                assertThat(other.status().name()).isEqualTo("other");
            }
            case JOIN -> {
                LoopEnd unused = other.join(Duration.ZERO);
            }
            case SLEEP -> iteration.sleep(SLOT);
            case FORK_EACH -> iteration.forkEach(List.of(1, 2), item -> {});
            case CLOSE_ANOTHER -> {
                try (LoopRuntime another = VirtualLoops.create()) {
                    OTHERS.add(another);
                    another.loop("inner").every(SLOT).start(it -> {});
                }
            }
        }
    }

    private static Loop other(LoopRuntime loops) {
        Loop other = loops.find("other");
        assertThat(other).isNotNull();
        return other;
    }

    /** Recurses until the stack is full, and calls on the way back, in each frame until the call has enough of it. */
    private static boolean callFromTheEdge(Call call, LoopRuntime loops, Iteration iteration) throws Exception {
        boolean here;
        try {
            here = callFromTheEdge(call, loops, iteration);
        } catch (StackOverflowError e) {
            here = true;
        }
        if (!here) {
            return false;
        }
        try {
            run(call, loops, iteration);
            return false;
        } catch (StackOverflowError e) {
            return true;
        }
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void others_live(Call call) throws Exception {
        LoopRuntime loops = VirtualLoops.create();
        Semaphore ticks = new Semaphore(0);
        Loop other = loops.loop("other").every(SLOT).start(it -> ticks.release());
        Loop deep = loops.loop("deep").every(SLOT).count(2).start(iteration -> {
            run(call, loops, iteration); // what the JDK cannot link for want of stack, JDK 21 never links again
            callFromTheEdge(call, loops, iteration);
        });

        assertThat(deep.join(LIMIT)).isInstanceOf(LoopEnd.Completed.class);
        Loop after = loops.loop("after").every(SLOT).count(2).start(it -> other.trigger());
        assertThat(after.join(LIMIT)).isInstanceOf(LoopEnd.Completed.class);
        ticks.drainPermits();
        assertThat(ticks.tryAcquire(3, LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        loops.close();
        OTHERS.forEach(LoopRuntime::close);
        OTHERS.clear();
    }
}
