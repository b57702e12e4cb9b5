package dev.vloop.testkit;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who wrote down what a loop does: what lets an assertion on a loop tell its story. Loops are told apart by identity, and
 * everything is held weakly, so that no test sees another's.
 */
final class AddressBook {
    private static final Map<Loop, WeakReference<Recorder>> RECORDERS =
            Collections.synchronizedMap(new WeakHashMap<>());
    private static final Set<Recorder> ALL =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private AddressBook() {}

    static void add(Recorder recorder) {
        ALL.add(recorder);
    }

    static void add(Loop loop, Recorder recorder) {
        RECORDERS.put(loop, new WeakReference<>(recorder));
    }

    /** {@return who wrote down what the loop did; null for one that never began, or not in virtual time} */
    static @Nullable Recorder of(Loop loop) {
        WeakReference<Recorder> reference = RECORDERS.get(loop);
        return reference == null ? null : reference.get();
    }

    /** The test looks at an end of one of its loops, which it got from wherever. */
    static void see(LoopEnd end) {
        all().forEach(recorder -> recorder.see(end));
    }

    /** {@return a failure of an assertion on an end, with the timeline of the test to which it belongs} */
    static String story(LoopEnd end, String failure) {
        return all().stream()
                .map(recorder -> recorder.story(end, failure))
                .filter(story -> !story.isEmpty())
                .findFirst()
                .map(story -> failure + "\n" + story)
                .orElse(failure);
    }

    private static List<Recorder> all() {
        synchronized (ALL) {
            return List.copyOf(ALL);
        }
    }
}
