package dev.vloop.vthreads;

/** Says when a long search for a slot is to end without a result. */
interface SearchLimit {
    /** {@return whether to give up} It is asked again and again while the search goes on. */
    boolean isReached();
}
