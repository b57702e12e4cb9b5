/*
 * LoopsEndpointAutoConfiguration adds LoopsEndpoint (reads and changes loops), LoopsHealthAutoConfiguration adds LoopsHealthIndicator. None
 * of it is loaded in an application without the actuator.
 */

/** Loops in Spring Boot's actuator. */
@NullMarked
package dev.vloop.spring.actuator;

import org.jspecify.annotations.NullMarked;
