package dev.vloop.tests.conformance;

import dev.vloop.Backoff;
import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopListener;
import dev.vloop.MissedSlots;
import dev.vloop.Reaction;
import dev.vloop.testkit.Finding;
import dev.vloop.testkit.TestLoops;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Does to one of our loops what was done to discord.py's, and records the same events. */
final class Replay implements LoopListener {
    private static final class Fatal extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final Scenario scenario;
    private final List<Map<String, @Nullable Object>> events = new ArrayList<>();
    private final Iterator<Scenario.Attempt> attempts;
    private final TestLoops loops;
    private boolean firstRunIsOver;

    private final Backoff backoff;

    private Replay(Scenario scenario, Backoff backoff) {
        this.scenario = scenario;
        this.backoff = backoff;
        attempts = scenario.body().iterator();
        loops = TestLoops.builder()
                .tolerate(Finding.UNSEEN_FAILURE)
                .startAt(scenario.origin())
                .settings(builder -> builder.listener(this))
                .create();
    }

    static List<Map<String, @Nullable Object>> run(Scenario scenario, Backoff backoff) {
        return new Replay(scenario, backoff).run();
    }

    private List<Map<String, @Nullable Object>> run() {
        try (loops) {
            Loop loop = start();
            for (Scenario.Action action : scenario.actions()) {
                loops.advance(action.at().minus(loops.elapsed()));
                record("action", "do", action.what());
                act(loop, action);
            }
            loops.advance(scenario.horizon().minus(loops.elapsed()));
            record("horizon", "running", loop.isRunning(), "next", shown(loop.nextIteration()));
            return List.copyOf(events);
        }
    }

    private Loop start() {
        LoopBuilder builder = loops.loop(scenario.name()).schedule(scenario.schedule());
        if (scenario.count() != Long.MAX_VALUE) {
            builder.count(scenario.count());
        }
        if (!scenario.retries()) {
            builder.clearReactions();
        }
        return builder.missed(MissedSlots.RUN_ALL)
                .backoff(backoff)
                .beforeLoop(() -> {
                    record("before");
                    loops.clock().sleep(scenario.before());
                })
                .afterLoop(end -> {
                    record("after", "cancelled", end.isCancelled(), "failed", end.isFailed());
                    loops.clock().sleep(scenario.after());
                })
                .start(this::body);
    }

    private static void act(Loop loop, Scenario.Action action) {
        switch (action.what()) {
            case "cancel" -> loop.cancel();
            case "stop" -> loop.stop();
            case "restart" -> loop.restart();
            case "change_interval" -> loop.changeInterval(Scenario.millis(action.spec(), "every_ms"));
            default -> throw new IllegalArgumentException("action " + action);
        }
    }

    private void body(Iteration iteration) throws Exception {
        record(
                "body",
                "index",
                iteration.index(),
                "next",
                shown(iteration.loop().nextIteration()));
        Scenario.Attempt attempt = attempts.hasNext() ? attempts.next() : new Scenario.Attempt(Duration.ZERO, "ok");
        try {
            iteration.sleep(attempt.length());
        } catch (InterruptedException e) {
            record("interrupted");
            throw e;
        }
        record("end", "outcome", attempt.outcome());
        switch (attempt.outcome()) {
            case "ok" -> {}
            case "io" -> throw new IOException("io");
            case "fatal" -> throw new Fatal();
            default -> throw new IllegalArgumentException("outcome " + attempt);
        }
    }

    @Override
    public void onFailure(LoopFailure failure) {
        if (failure.reaction() != Reaction.FAIL) {
            return;
        }
        record("error", "type", failure.cause() instanceof IOException ? "OSError" : "Fatal");
    }

    @Override
    public void onEnd(Loop loop, LoopEnd end) {
        if (firstRunIsOver) {
            return;
        }
        firstRunIsOver = true;
        String how =
                end instanceof LoopEnd.Failed ? "failed" : end instanceof LoopEnd.Cancelled ? "cancelled" : "completed";
        record("done", "how", how);
    }

    private void record(String event, @Nullable Object... details) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("t", loops.elapsed().toMillis());
        all.put("e", event);
        for (int i = 0; i < details.length; i += 2) {
            all.put(String.valueOf(details[i]), details[i + 1]);
        }
        events.add(all);
    }

    private @Nullable Long shown(@Nullable Instant instant) {
        return instant == null
                ? null
                : Duration.between(scenario.origin(), instant).toMillis();
    }
}
