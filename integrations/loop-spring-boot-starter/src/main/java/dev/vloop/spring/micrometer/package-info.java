/** Metrics and spans of loops in Spring Boot, where {@code loop-micrometer} is there. Nothing here is loaded without it. */
@NullMarked
package dev.vloop.spring.micrometer;

import org.jspecify.annotations.NullMarked;
