/** Metrics and spans of loops in Spring Boot. Nothing here is loaded without {@code loop-micrometer}. */
@NullMarked
package dev.vloop.spring.micrometer;

import org.jspecify.annotations.NullMarked;
