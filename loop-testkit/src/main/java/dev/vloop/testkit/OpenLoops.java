package dev.vloop.testkit;

import dev.vloop.LoopRuntime;
import dev.vloop.testkit.open.OpenTest;
import dev.vloop.testkit.open.OpenTests;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The runtime of a test until it is closed. Any thread, except where noted. */
final class OpenLoops implements OpenTest {
    private static final System.Logger LOG = System.getLogger("dev.vloop.testkit");

    private final VirtualTestLoops loops;

    /** Where the runtime was made. */
    private final Throwable made = new Throwable("made here");

    private OpenLoops(VirtualTestLoops loops) {
        this.loops = loops;
    }

    static OpenLoops add(VirtualTestLoops loops) {
        OpenLoops open = new OpenLoops(loops);
        OpenTests.add(open);
        return open;
    }

    void remove() {
        OpenTests.remove(this);
    }

    /**
     * {@return the loops themselves; null if they are of no test that is open} A test may have another object that stands for them, as in a
     * test of Spring.
     */
    static @Nullable VirtualTestLoops itself(TestLoops loops) {
        if (loops instanceof VirtualTestLoops own) {
            return own;
        }
        LoopRuntime runtime = loops.runtime();
        for (OpenTest each : OpenTests.all()) {
            if (each instanceof OpenLoops open && open.loops.runtime() == runtime) {
                return open.loops;
            }
        }
        return null;
    }

    @Override
    public boolean isHere() {
        return loops.host().isTestThread();
    }

    @Override
    public void closeForgotten(String test) {
        try {
            loops.close();
        } catch (AssertionError | RuntimeException e) {
            made.addSuppressed(e);
        }
        LOG.log(System.Logger.Level.ERROR, FindingText.forgotten(test, List.of(made.getStackTrace())), made);
    }
}
