package dev.vloop.vthreads;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a runtime that have begun and not ended, oldest first. The runs themselves are the links of the list, which saves an object
 * for each. Guarded by the registry's lock.
 */
final class RunList {
    private @Nullable Run first;
    private @Nullable Run last;
    private int size;

    int size() {
        return size;
    }

    void add(Run run) {
        run.previous = last;
        if (last == null) {
            first = run;
        } else {
            last.next = run;
        }
        last = run;
        size++;
    }

    void remove(Run run) {
        Run before = run.previous;
        Run after = run.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        run.previous = null;
        run.next = null;
        size--;
    }

    List<Run> toList() {
        List<Run> all = new ArrayList<>(size);
        for (Run run = first; run != null; run = run.next) {
            all.add(run);
        }
        return all;
    }
}
