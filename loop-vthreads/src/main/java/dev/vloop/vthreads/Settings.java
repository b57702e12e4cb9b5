package dev.vloop.vthreads;

import dev.vloop.LoopListener;
import dev.vloop.spi.Host;
import java.util.List;

/** The settings of a runtime, as its builder left them. */
record Settings(
        String name,
        Host host,
        TaskScopes scopes,
        List<LoopListener> listeners,
        OptionsBuilder defaults,
        boolean keepAlive) {}
