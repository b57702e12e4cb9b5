/*
 * LoopsDashboardAutoConfiguration mounts DashboardServlet, with DashboardProperties. ServletDashboardRequest is a request as the page wants
 * it.
 */

/** The web page of loops under the application's own server. Nothing here is loaded without {@code loop-dashboard}. */
@NullMarked
package dev.vloop.spring.dashboard;

import org.jspecify.annotations.NullMarked;
