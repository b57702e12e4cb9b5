package dev.vloop.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends those parts of a view that have changed, once a second, as long as the browser listens. It keeps one thread busy, and only that
 * thread uses it.
 */
final class LiveUpdates implements DashboardResponse.Body {
    /** How many streams may be open at the same time. Some threads must be left for other requests. */
    static final int MOST = 32;

    /** After how many looks without a change something is sent all the same, so that a browser that is gone is noticed. */
    private static final int QUIET = 15;

    private final Supplier<View> view;
    private final Settings settings;
    private final Semaphore free;
    private final CountDownLatch closed;

    LiveUpdates(Supplier<View> view, Settings settings, Semaphore free, CountDownLatch closed) {
        this.view = view;
        this.settings = settings;
        this.free = free;
        this.closed = closed;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        if (!free.tryAcquire()) {
            send(out, "retry: 10000\nevent: full\ndata: {}\n\n");
            return;
        }
        try {
            send(out, "retry: 2000\n\n");
            sendChanges(out);
        } catch (InterruptedException e) { // the server ends
            Thread.currentThread().interrupt();
        } finally {
            free.release();
        }
    }

    private void sendChanges(OutputStream out) throws IOException, InterruptedException {
        View before = new View(Map.of(), List.of());
        int quiet = 0;
        do {
            View now = view.get();
            String changes = changes(before, now);
            quiet = changes == null ? quiet + 1 : 0;
            if (changes != null) {
                send(out, "data: " + changes + "\n\n");
            } else if (quiet >= QUIET) {
                send(out, ":\n\n");
                quiet = 0;
            }
            before = now;
        } while (!closed.await(settings.period.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** {@return what has changed, as JSON; null if nothing has} */
    private @Nullable String changes(View before, View now) {
        List<List<String>> parts = new ArrayList<>();
        now.parts().forEach((id, html) -> {
            if (!html.equals(before.parts().get(id))) {
                parts.add(List.of(id, html));
            }
        });
        boolean moved = !now.order().equals(before.order());
        if (parts.isEmpty() && !moved) {
            return null;
        }
        Map<String, Object> changes = new LinkedHashMap<>();
        changes.put("now", settings.loops.clock().instant());
        changes.put("parts", parts);
        if (moved) {
            changes.put("order", now.order());
        }
        return Json.of(changes);
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
        out.flush();
    }
}
