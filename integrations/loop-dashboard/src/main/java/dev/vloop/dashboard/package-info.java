/**
 * A web page that shows what the loops of a runtime do, and controls them. {@link dev.vloop.dashboard.LoopDashboard} is the entrance.
 *
 * <p>The page itself is {@link dev.vloop.dashboard.DashboardHandler}, which knows of no web server: it takes a
 * {@link dev.vloop.dashboard.DashboardRequest} (method, path, query, headers, body) and returns a
 * {@link dev.vloop.dashboard.DashboardResponse}. {@link dev.vloop.dashboard.LoopDashboard} puts it on the JDK's own server. A framework,
 * such as Spring, mounts the same handler under its own server, at any path, and brings its own authentication; all links are relative.
 */
@NullMarked
package dev.vloop.dashboard;

import org.jspecify.annotations.NullMarked;

/*
 * A map for those who change the page. Begin with DashboardHandler.handle.
 *
 * Entrance    LoopDashboard with Settings, its builder; JdkServer and DaemonThreads put the handler on the JDK's server. SlowClients hangs
 *             up on clients that hold its threads.
 * Guard       Gate refuses what must not come in: foreign hosts and origins, requests without the token, a POST without the secret.
 * Actions     Actions does what a button asks for; Audit logs who did it.
 * Data        LoopHistory with LoopRecord and FailureRecord: what a listener remembers. Snapshots: the status of all loops, shared by all
 *             who look; a Row is one loop in it. Upcoming computes the next slots and Health asks the rule, both Guarded;
 *             SlotRemarks what the clocks do on these days.
 * Views       ListView (for a ListQuery) and DetailView write HTML in parts; Page puts these into page.html, LiveUpdates sends those that
 *             have changed. Html escapes. Sparkline, ScheduleWords, TimeText, StackText. JsonViews with Json: the same for programs.
 *
 * User's text (names, messages, stacks, schedules, facts) goes through Html.text or Json.string, and nothing else writes it.
 * The page's script and style are in page.html, which must stay below 40 KB.
 */
