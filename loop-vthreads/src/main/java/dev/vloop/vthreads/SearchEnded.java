package dev.vloop.vthreads;

/** Ends a long search for a slot, because the run is to end. It carries nothing: whoever catches it looks at the control word. */
final class SearchEnded extends RuntimeException {
    private static final long serialVersionUID = 1;

    SearchEnded() {
        super("the run is to end", null, false, false);
    }
}
