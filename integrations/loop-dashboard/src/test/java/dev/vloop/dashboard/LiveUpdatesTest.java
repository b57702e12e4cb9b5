package dev.vloop.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.vloop.Loop;
import dev.vloop.Schedule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LiveUpdatesTest extends PageTest {
    private final DashboardHandler handler = settings.handler();

    /** What happens after each thing that was sent; when there is no more, the page closes. */
    private final Deque<Runnable> steps = new ArrayDeque<>();

    /** What was sent, each time. */
    private final List<String> sent = new ArrayList<>();

    /** A browser: it listens, and after each event the next step happens. */
    private final class Browser extends ByteArrayOutputStream {
        @Override
        public void flush() {
            if (size() == 0) {
                return;
            }
            sent.add(toString(UTF_8));
            reset();
            Runnable step = steps.poll();
            if (step == null) {
                handler.close();
            } else {
                step.run();
            }
        }
    }

    private void listen(String address) throws IOException {
        handler.handle(Ask.get(address)).writeTo(new Browser());
    }

    private JsonObject event(int number) {
        String text = sent.get(number);
        assertThat(text).startsWith("data: ").endsWith("\n\n");
        assertThat(text.strip()).doesNotContain("\n");
        return JsonParser.parseString(text.substring("data: ".length())).getAsJsonObject();
    }

    private static List<String> ids(JsonObject event) {
        List<String> ids = new ArrayList<>();
        for (JsonElement part : event.getAsJsonArray("parts")) {
            ids.add(part.getAsJsonArray().get(0).getAsString());
        }
        return ids;
    }

    private static String html(JsonObject event, String id) {
        for (JsonElement part : event.getAsJsonArray("parts")) {
            JsonArray pair = part.getAsJsonArray();
            if (pair.get(0).getAsString().equals(id)) {
                return pair.get(1).getAsString();
            }
        }
        return "";
    }

    @Test
    void a_list_sends_all_at_first_then_what_has_changed() throws IOException {
        everySecond("quiet").build(it -> {});
        loops.loop("news").every(seconds(10)).continueOn(IOException.class).start(it -> {
            if (it.index() == 1) {
                throw new IOException("down");
            }
        });
        loops.settle();
        steps.add(() -> {}); // after the head of the stream
        steps.add(() -> loops.advance(seconds(10)));
        steps.add(() -> everySecond("more").build(it -> {}));
        listen("/events?size=10");
        assertThat(sent).hasSize(4);
        assertThat(sent.getFirst()).isEqualTo("retry: 2000\n\n");
        assertThat(ids(event(1))).containsExactly("sum", "head", "pager", "l:news", "l:quiet");
        assertThat(event(1).getAsJsonArray("order").toString()).isEqualTo("[\"l:news\",\"l:quiet\"]");
        assertThat(ids(event(2))).containsExactly("sum", "l:news");
        assertThat(html(event(2), "l:news")).startsWith("<tr id=\"l:news\" class=bad>");
        assertThat(event(2).has("order")).isFalse();
        assertThat(event(2).get("now").getAsString()).isEqualTo("2000-01-01T00:00:10Z");
        assertThat(ids(event(3))).containsExactly("sum", "pager", "l:more");
        assertThat(event(3).getAsJsonArray("order").toString()).isEqualTo("[\"l:more\",\"l:news\",\"l:quiet\"]");
    }

    @Test
    void time_that_passes_changes_nothing_but_now_and_then_it_is_seen_whether_somebody_listens() throws IOException {
        loops.loop("news").every(seconds(1_000)).start(it -> {});
        loops.settle();
        steps.add(() -> {});
        steps.add(() -> loops.advance(seconds(100)));
        listen("/events");
        assertThat(sent).hasSize(3);
        assertThat(sent.getLast()).isEqualTo(":\n\n");
    }

    @Test
    void a_loop_s_page_follows_it_until_it_is_gone() throws IOException {
        Loop loop = loops.loop("news").every(seconds(1_000)).start(it -> it.sleep(seconds(10)));
        loops.settle();
        steps.add(() -> {});
        steps.add(() -> loops.advance(seconds(10)));
        steps.add(() -> {
            loop.remove();
            loops.settle();
        });
        listen("/events?loop=news");
        assertThat(ids(event(1))).containsExactly("d-head", "d-act", "d-threads", "d-fail", "d-next", "d-opt");
        assertThat(html(event(1), "d-threads")).contains("<pre>");
        assertThat(ids(event(2))).containsExactly("d-head", "d-threads");
        assertThat(html(event(2), "d-threads")).doesNotContain("<pre>");
        assertThat(html(event(3), "d-head")).contains("knows no loop of this name");
    }

    @Test
    void the_next_slots_are_not_computed_while_nothing_changes() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        loops.loop("news")
                .schedule(at -> {
                    if (Thread.currentThread().getName().endsWith("-slots")) {
                        asked.incrementAndGet();
                    }
                    return at.lastSlot() == null
                            ? at.now().plusSeconds(1_000)
                            : at.lastSlot().plusSeconds(1_000);
                })
                .start(it -> {});
        loops.settle();
        AtomicInteger before = new AtomicInteger();
        steps.add(() -> {});
        steps.add(() -> before.set(asked.get()));
        listen("/events?loop=news");
        assertThat(before.get()).isPositive();
        assertThat(asked.get()).isEqualTo(before.get());
    }

    @Test
    void other_slots_are_shown_although_the_next_one_stays() throws IOException {
        loops.loop("news").dailyAt(ZoneOffset.UTC, LocalTime.of(9, 0)).start(it -> {});
        loops.settle();
        steps.add(() -> {});
        steps.add(() -> loops.get("news")
                .changeSchedule(Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(9, 0), LocalTime.of(10, 0))));
        listen("/events?loop=news");
        assertThat(html(event(1), "d-next")).contains("09:00:00 Z").doesNotContain("10:00:00 Z");
        assertThat(html(event(2), "d-next")).contains("09:00:00 Z").contains("10:00:00 Z");
    }

    /** The page is in the zone that its address names, and so is what follows. */
    @Test
    void the_updates_of_a_loop_s_page_are_in_the_zone_of_the_page() throws IOException {
        loops.loop("news").dailyAt(ZoneOffset.UTC, LocalTime.of(9, 0)).start(it -> {});
        loops.settle();
        steps.add(() -> {});
        listen("/events?loop=news&zone=Asia/Tokyo");
        assertThat(html(event(1), "d-next")).contains("18:00:00 +09:00");
    }

    @Test
    void rows_that_only_change_places_are_sent_in_their_new_order() throws IOException {
        AtomicReference<List<String>> order = new AtomicReference<>(List.of("l:a", "l:b"));
        CountDownLatch closed = new CountDownLatch(1);
        steps.add(() -> {});
        steps.add(() -> order.set(List.of("l:b", "l:a")));
        steps.add(closed::countDown);
        new LiveUpdates(
                        () -> new View(java.util.Map.of("l:a", "1", "l:b", "2"), order.get()),
                        settings,
                        new Semaphore(1),
                        closed)
                .writeTo(new Browser());
        assertThat(ids(event(2))).isEmpty();
        assertThat(event(2).getAsJsonArray("order").toString()).isEqualTo("[\"l:b\",\"l:a\"]");
    }

    @Test
    void what_users_write_cannot_end_an_event() throws IOException {
        everySecond("a\n\ndata: {}\n\n<script>").build(it -> {});
        steps.add(() -> {});
        listen("/events");
        assertThat(sent.get(1)).doesNotContain("<").startsWith("data: {\"now\"");
        assertThat(event(1).getAsJsonArray("order").get(0).getAsString()).isEqualTo("l:a\n\ndata: {}\n\n<script>");
        assertThat(html(event(1), "l:a\n\ndata: {}\n\n<script>")).contains("&lt;script&gt;");
    }

    @Test
    void only_so_many_are_listened_to() throws IOException {
        steps.add(() -> {});
        new LiveUpdates(
                        () -> new View(java.util.Map.of(), List.of()),
                        settings,
                        new Semaphore(0),
                        new CountDownLatch(1))
                .writeTo(new Browser());
        assertThat(sent).containsExactly("retry: 10000\nevent: full\ndata: {}\n\n");
    }

    @Test
    void pages_of_lists_and_pages_of_loops_share_the_limit() throws IOException {
        everySecond("news").build(it -> {});
        List<String> last = new ArrayList<>();
        open(1, last);
        assertThat(last).hasSize(1).first().asString().contains("event: full");
    }

    /** Opens a stream, and within it the next one, until there is one too many; then all end. */
    private void open(int number, List<String> last) throws IOException {
        String address = number % 2 == 0 ? "/events" : "/events?loop=news";
        handler.handle(Ask.get(address)).writeTo(new ByteArrayOutputStream() {
            private boolean opened;

            @Override
            public void flush() throws IOException {
                if (opened) {
                    return;
                }
                opened = true;
                if (number <= LiveUpdates.MOST) {
                    open(number + 1, last);
                } else {
                    last.add(toString(UTF_8));
                    handler.close();
                }
            }
        });
    }

    @Test
    void who_hangs_up_makes_room() throws IOException {
        Semaphore free = new Semaphore(1);
        LiveUpdates updates = new LiveUpdates(
                () -> new View(java.util.Map.of("x", "y"), List.of()), settings, free, new CountDownLatch(1));
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> updates.writeTo(new ByteArrayOutputStream() {
                    @Override
                    public void flush() throws IOException {
                        throw new IOException("gone");
                    }
                }))
                .hasMessage("gone");
        assertThat(free.availablePermits()).isOne();
    }

    @Test
    void after_fifteen_looks_without_a_change_something_is_sent() throws IOException {
        AtomicInteger looks = new AtomicInteger();
        CountDownLatch closed = new CountDownLatch(1);
        List<Integer> looksWhenSent = new ArrayList<>();
        LiveUpdates updates = new LiveUpdates(
                () -> {
                    looks.incrementAndGet();
                    return new View(java.util.Map.of("x", looks.get() == 20 ? "changed" : "y"), List.of());
                },
                settings,
                new Semaphore(1),
                closed);
        updates.writeTo(new ByteArrayOutputStream() {
            @Override
            public void flush() {
                looksWhenSent.add(looks.get());
                if (looks.get() > 40) {
                    closed.countDown();
                }
            }
        });
        // The head of the stream, the first view, a sign of life, the change and the change back, signs of life.
        assertThat(looksWhenSent).startsWith(0, 1, 16, 20, 21, 36, 51);
    }

    @Test
    void half_of_the_threads_are_for_those_who_do_not_listen() {
        assertThat(LiveUpdates.MOST).isEqualTo(32);
        assertThat(DaemonThreads.MOST).isEqualTo(64);
    }
}
