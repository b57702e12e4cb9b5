package dev.vloop.vthreads;

import dev.vloop.LoopListener;
import java.util.List;
import java.util.function.Consumer;

/** A runtime's listeners; what one throws is logged and harms nobody. */
final class Listeners {
    private final LoopListener[] listeners;

    Listeners(List<LoopListener> listeners) {
        this.listeners = listeners.toArray(new LoopListener[0]);
    }

    boolean isEmpty() {
        return listeners.length == 0;
    }

    /** Loop's thread. Callers ask {@link #isEmpty} first where the event would cost an object. */
    void emit(Consumer<LoopListener> event) {
        for (LoopListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (Throwable e) {
                Log.listenerFailed(listener, e);
            }
        }
    }
}
