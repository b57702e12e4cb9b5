package dev.vloop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R3, R30: an end")
@NullUnmarked // of a loop that answers nothing
class LoopEndTest {
    private static final Loop LOOP =
            (Loop) Proxy.newProxyInstance(Loop.class.getClassLoader(), new Class<?>[] {Loop.class}, (p, m, a) -> null);
    private final IOException io = new IOException("down");
    private final HookFailure hook =
            new HookFailure(LOOP, HookFailure.Hook.AFTER_LOOP, Instant.EPOCH, new IOException("flush"));

    @Test
    void is_one_of_four() {
        List<LoopEnd> ends = List.of(
                new LoopEnd.Completed(1), new LoopEnd.Stopped(2), new LoopEnd.Cancelled(3), new LoopEnd.Failed(4, io));
        assertThat(ends.stream().map(LoopEnd::isCancelled)).containsExactly(false, false, true, false);
        assertThat(ends.stream().map(LoopEnd::isFailed)).containsExactly(false, false, false, true);
        assertThat(ends.stream().map(LoopEnd::iterations)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(ends).allSatisfy(end -> assertThat(end.hookFailures()).isEmpty());
        assertThat(ends.stream().map(Object::toString))
                .containsExactly(
                        "Completed[iterations=1]",
                        "Stopped[iterations=2]",
                        "Cancelled[iterations=3]",
                        "Failed[iterations=4, cause=java.io.IOException: down]");
    }

    @Test
    void of_a_failure_has_its_cause_and_what_was_thrown_around_it() {
        ExecutionException around = new ExecutionException("pool", io);
        LoopEnd.Failed failed = new LoopEnd.Failed(0, around);
        assertThat(failed.cause()).isSameAs(io);
        assertThat(failed.thrown()).isSameAs(around);
        assertThat(failed)
                .hasToString("Failed[iterations=0, cause=java.io.IOException: down, thrown="
                        + "java.util.concurrent.ExecutionException: pool]");
    }

    @Test
    void tells_what_hooks_have_thrown() {
        List<HookFailure> hooks = new ArrayList<>(List.of(hook));
        List<LoopEnd> ends = List.of(
                new LoopEnd.Completed(1, hooks),
                new LoopEnd.Stopped(1, hooks),
                new LoopEnd.Cancelled(1, hooks),
                new LoopEnd.Failed(1, io, io, hooks));
        hooks.clear();
        assertThat(ends).allSatisfy(end -> {
            assertThat(end.hookFailures()).containsExactly(hook);
            assertThat(end.toString()).contains("[iterations=1, hookFailures=[" + hook + "]");
        });
    }
}
