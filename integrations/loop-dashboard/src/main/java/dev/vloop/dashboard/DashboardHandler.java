package dev.vloop.dashboard;

import static java.lang.System.Logger.Level.ERROR;

import dev.vloop.internal.Arguments;
import java.io.IOException;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/**
 * The page, without a web server: it answers requests. {@link LoopDashboard} puts it on the JDK's server; a framework makes one by
 * {@link LoopDashboard.Builder#handler} and mounts it at a path that ends with a slash. All threads may use it.
 *
 * <p>It answers at {@code /} (the list), {@code /loop} (one loop), {@code /events} (what has changed, as a stream), {@code /loops.json},
 * {@code /health} and, by POST, {@code /do}.
 */
public final class DashboardHandler implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.vloop.dashboard");

    private final Settings settings;
    private final Gate gate;
    private final Actions actions;
    private final Snapshots snapshots;
    private final ListView list;
    private final Upcoming upcoming;
    private final Health health;
    private final JsonViews json;
    private final Page page;

    /** Streams that may still be opened. */
    private final Semaphore free = new Semaphore(LiveUpdates.MOST);

    /** Reaches zero when streams are to end. */
    private final CountDownLatch closed = new CountDownLatch(1);

    DashboardHandler(Settings settings, Gate gate) {
        this.settings = settings;
        this.gate = gate;
        this.actions = new Actions(settings);
        this.snapshots = new Snapshots(settings);
        this.list = new ListView(settings, snapshots);
        this.upcoming = new Upcoming(settings);
        this.health = new Health(settings);
        this.json = new JsonViews(settings, health);
        this.page = new Page(settings, gate);
    }

    /**
     * Answers a request. It may wait for the request's body, and up to ten seconds for schedules and rules of the user. Writing the answer
     * of {@code /events} blocks for as long as somebody looks.
     *
     * @param request the request
     * @return the answer, also if something went wrong
     */
    public DashboardResponse handle(DashboardRequest request) {
        Arguments.notNull(request, "request");
        try {
            DashboardResponse refused = gate.refuse(request);
            return refused == null ? route(request) : refused;
        } catch (IOException e) {
            return DashboardResponse.text(400, "The request cannot be read.");
        } catch (Throwable e) { // its details are not for strangers
            LOG.log(ERROR, "the page could not answer", e);
            return DashboardResponse.text(500, "The page could not answer. The log says why.");
        }
    }

    private DashboardResponse route(DashboardRequest request) throws IOException {
        return switch (request.method()) {
            case "GET" -> get(request.path(), Query.of(request.query()));
            case "POST" -> post(request);
            default -> DashboardResponse.text(405, "Only GET and POST.").with("Allow", "GET, POST");
        };
    }

    private DashboardResponse post(DashboardRequest request) throws IOException {
        if (!request.path().equals("/do")) {
            return DashboardResponse.text(404, "There is no such page.");
        }
        DashboardResponse response = actions.handle(request);
        snapshots.forget();
        return response;
    }

    private DashboardResponse get(String path, Query query) {
        return switch (path) {
            case "/" -> list(ListQuery.of(query, settings.zone));
            case "/loop" -> loop(query);
            case "/events" -> DashboardResponse.stream(events(query));
            case "/loops.json" -> json.loops(ListQuery.of(query, settings.zone), snapshots.rows());
            case "/health" -> json.health();
            default -> DashboardResponse.text(404, "There is no such page.");
        };
    }

    private DashboardResponse list(ListQuery query) {
        String live =
                "events" + query.with("page", Integer.toString(query.page())).substring("./".length());
        return page.of(
                200,
                settings.loops.name() + ": loops",
                live,
                list.main(query, list.of(query, settings.loops.clock().instant())));
    }

    private DashboardResponse loop(Query query) {
        String name = query.get("name", "");
        ZoneId zone = ListQuery.zoneOf(query, settings.zone);
        DetailView view = new DetailView(settings, upcoming, health, name, zone);
        String live = "events?loop=" + Html.inQuery(name) + "&zone=" + Html.inQuery(zone.getId());
        int status = settings.loops.find(name) == null ? 404 : 200;
        return page.of(
                status, name, live, view.main(view.view(settings.loops.clock().instant())));
    }

    private LiveUpdates events(Query query) {
        String name = query.get("loop");
        if (name == null) {
            ListQuery wanted = ListQuery.of(query, settings.zone);
            return new LiveUpdates(() -> list.of(wanted, null), settings, free, closed);
        }
        DetailView view = new DetailView(settings, upcoming, health, name, ListQuery.zoneOf(query, settings.zone));
        return new LiveUpdates(() -> view.view(null), settings, free, closed);
    }

    /** Ends all streams. Requests that came before are still answered. A second call does nothing. */
    @Override
    public void close() {
        closed.countDown();
    }
}
