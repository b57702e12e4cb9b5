/*
 * LoopsDashboardAutoConfiguration mounts DashboardServlet, with DashboardProperties. ServletDashboardRequest is a request as the page wants it.
 */

/** The web page of loops under the application's own server, where {@code loop-dashboard} is there. Nothing here is loaded without it. */
@NullMarked
package dev.vloop.spring.dashboard;

import org.jspecify.annotations.NullMarked;
