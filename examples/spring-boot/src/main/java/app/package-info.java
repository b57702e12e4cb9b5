/** The first application of docs/spring.md, as it is there. */
@NullMarked
package app;

import org.jspecify.annotations.NullMarked;
