package dev.vloop.jda;

import dev.vloop.Loop;
import dev.vloop.LoopFailure;
import dev.vloop.LoopRuntime;
import dev.vloop.LoopState;
import dev.vloop.LoopStatus;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.events.session.SessionResumeEvent;
import net.dv8tion.jda.api.events.session.ShutdownEvent;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.hooks.EventListener;
import net.dv8tion.jda.api.requests.CloseCode;

/** Tells a runtime what becomes of JDA's session. JDA calls it on its own threads, so it must not wait. */
final class SessionWatch implements EventListener {
    private static final System.Logger LOG = System.getLogger("dev.vloop.jda");

    private final LoopRuntime loops;

    SessionWatch(LoopRuntime loops) {
        this.loops = loops;
    }

    @Override
    public void onEvent(GenericEvent event) {
        if (event instanceof SessionResumeEvent || event instanceof SessionRecreateEvent) {
            wakeUp();
        } else if (event instanceof ShutdownEvent shutdown) {
            CloseCode code = shutdown.getCloseCode();
            if (code != null && !code.isReconnect()) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "Discord has closed the session for good, and the loops end: " + code.name() + ", "
                                + code.getMeaning());
            }
            end();
        }
    }

    /** Closes the runtime on a thread of its own: loops may need JDA's threads to end. */
    void end() {
        Thread.ofVirtual().name("end of JDA").start(loops::close);
    }

    /** Ends the backoffs of loops that have failed because Discord was away. The others have other reasons, and go on waiting. */
    private void wakeUp() {
        for (Loop loop : loops.loops()) {
            if (waitsForDiscord(loop.status())) {
                try {
                    loop.trigger();
                } catch (IllegalStateException ended) {
                    LOG.log(System.Logger.Level.DEBUG, "a loop has ended while JDA reconnected", ended);
                }
            }
        }
    }

    private static boolean waitsForDiscord(LoopStatus status) {
        LoopFailure failure = status.lastFailure();
        return status.state() == LoopState.BACKING_OFF
                && failure != null
                && (failure.cause() instanceof NotConnectedException
                        || failure.cause() instanceof ErrorResponseException);
    }
}
