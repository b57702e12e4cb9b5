package dev.vloop.vthreads;

import org.jspecify.annotations.Nullable;

/** A start of a loop: what was asked for, the result, and the state before. For the registry, which holds its lock. */
final class LoopStart {
    private final LoopRegistry registry;
    private final VirtualLoop loop;

    /** Whether a run that is about to end is no obstacle: then the new one begins when that is over. */
    private final boolean afterEnding;

    /** The loop that is in the way, so that nothing has begun; null if none is. */
    @Nullable
    VirtualLoop running;

    /** The run that is to be launched; null if there is none, or it begins when another one is over. */
    @Nullable
    Run run;

    /** Whether there is a new run, be it launched now or later. */
    boolean begun;

    /** Who had the name before. */
    private @Nullable VirtualLoop holder;

    /** The loop's run before this one. */
    private @Nullable Run before;

    /** The runs before that. */
    private @Nullable Past past;

    LoopStart(LoopRegistry registry, VirtualLoop loop, boolean afterEnding) {
        this.registry = registry;
        this.loop = loop;
        this.afterEnding = afterEnding;
    }

    /** Begins a run, or makes one follow the present run, or finds out what is in the way. */
    void begin() {
        Run own = loop.isRunning() ? loop.current() : null;
        if (isInTheWay(own)) {
            running = loop;
            return;
        }
        registry.requireOpen(loop);
        VirtualLoop other = registry.names().runningHolder(loop);
        Run othersRun = other == null ? null : other.current();
        if (isInTheWay(othersRun)) {
            running = other;
            return;
        }
        holder = registry.names().holder(loop.name());
        if (own == null) {
            beginRun(othersRun);
        } else {
            registry.names().give(loop);
            own.note(Control.RESTART);
        }
    }

    private boolean isInTheWay(@Nullable Run goingOn) {
        return goingOn != null && !(afterEnding && goingOn.endsForGood());
    }

    /** @param after another loop's run that has the name and is about to end; null if the run can begin now */
    private void beginRun(@Nullable Run after) {
        before = loop.current();
        past = loop.past();
        registry.names().give(loop);
        try {
            Run made = loop.newRun();
            if (after == null) {
                registry.runs().add(made);
                run = made;
            } else {
                registry.runs().addAfter(after, made);
            }
            begun = true;
        } catch (Throwable e) {
            undo();
            throw e;
        }
    }

    /** Takes everything back, as if nobody had started the loop. */
    void undo() {
        loop.takeBack(before, past);
        registry.names().giveBack(loop, holder);
    }
}
