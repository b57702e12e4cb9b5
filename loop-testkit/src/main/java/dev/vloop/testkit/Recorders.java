package dev.vloop.testkit;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who wrote down what a loop does: what lets an assertion on a loop tell its story. Everything is held weakly, so that no
 * test sees another's; and no thread of a test waits for another test's here, since its own time would not.
 */
final class Recorders {
    private static final CopyOnWriteArrayList<WeakReference<Recorder>> ALL = new CopyOnWriteArrayList<>();

    private Recorders() {}

    /** On the thread that makes a test's runtime: the only one that writes. */
    static void add(Recorder recorder) {
        ALL.removeIf(reference -> reference.get() == null);
        ALL.add(new WeakReference<>(recorder));
    }

    /** {@return who wrote down what the loop did; null for one that never began, or not in virtual time} */
    static @Nullable Recorder of(Loop loop) {
        return all().filter(recorder -> recorder.knows(loop)).findFirst().orElse(null);
    }

    /** The test looks at an end of one of its loops, which it got from wherever. */
    static void see(LoopEnd end) {
        all().forEach(recorder -> recorder.see(end));
    }

    /** {@return a failure of an assertion on an end, with the timeline of the test to which it belongs} */
    static String story(LoopEnd end, String failure) {
        return all().map(recorder -> recorder.story(end, failure))
                .filter(story -> !story.isEmpty())
                .findFirst()
                .map(story -> failure + "\n" + story)
                .orElse(failure);
    }

    private static Stream<Recorder> all() {
        return ALL.stream().map(WeakReference::get).filter(Objects::nonNull);
    }
}
