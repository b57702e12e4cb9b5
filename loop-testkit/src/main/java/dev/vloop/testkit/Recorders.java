package dev.vloop.testkit;

import dev.vloop.HookFailure;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The recorders of all tests in this JVM, so that an assertion on a loop finds the loop's timeline. They are held weakly, so that they go
 * with their tests. No thread waits for another one here: it could be of another test, whose time stands still.
 */
final class Recorders {
    private static final CopyOnWriteArrayList<WeakReference<Recorder>> ALL = new CopyOnWriteArrayList<>();

    private Recorders() {}

    /** Adds a test's recorder. On the thread that makes its runtime. */
    static void add(Recorder recorder) {
        ALL.removeIf(reference -> reference.get() == null);
        ALL.add(new WeakReference<>(recorder));
    }

    /** {@return the recorder of a loop, null if the loop never began a run in virtual time} */
    static @Nullable Recorder of(Loop loop) {
        return all().filter(recorder -> recorder.knows(loop)).findFirst().orElse(null);
    }

    /**
     * {@return one of these loops} A test may have another object that stands for it, as a spy does, or a bean in a test of Spring.
     *
     * @param loop the loop, or what stands for it
     * @param known the loops themselves
     */
    static Loop itself(Loop loop, Collection<Loop> known) {
        if (known.contains(loop)) {
            return loop;
        }
        return known.stream()
                .filter(each -> each.runtime() == loop.runtime() && each.name().equals(loop.name()))
                .findFirst()
                .orElse(loop);
    }

    /** The test looks at the end of one of its loops, wherever it got it from. */
    static void see(LoopEnd end) {
        all().forEach(recorder -> recorder.see(end));
    }

    /** The test looks at what a hook of one of its loops has thrown. */
    static void see(HookFailure failure) {
        all().forEach(recorder -> recorder.see(failure));
    }

    /** {@return the message of an assertion on an end that failed, with the timeline of the end's loop} */
    static String story(LoopEnd end, String failure) {
        return all().map(recorder -> recorder.story(end, failure))
                .filter(story -> !story.isEmpty())
                .findFirst()
                .map(story -> failure + "\n" + story)
                .orElse(failure);
    }

    /** {@return what the test of the calling thread was told when it last found no loop of a name, null if it found all} */
    static @Nullable String missed() {
        // the newest: a thread runs one test after the other
        return all().map(Recorder::missed)
                .filter(Objects::nonNull)
                .reduce((older, newer) -> newer)
                .orElse(null);
    }

    private static Stream<Recorder> all() {
        return ALL.stream().map(WeakReference::get).filter(Objects::nonNull);
    }
}
