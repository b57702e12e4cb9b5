package dev.vloop.dashboard;

import java.util.Map;

/** What the script gets for a button. */
final class Reply {
    private Reply() {}

    static DashboardResponse done(String what) {
        return DashboardResponse.json(200, Json.of(Map.of("done", what)));
    }

    static DashboardResponse failed(int status, String why) {
        return DashboardResponse.json(status, Json.of(Map.of("error", why)));
    }
}
