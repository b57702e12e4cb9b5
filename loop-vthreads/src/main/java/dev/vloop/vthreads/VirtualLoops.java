package dev.vloop.vthreads;

/** The entry to the engine. */
public final class VirtualLoops {
    private VirtualLoops() {}
}
