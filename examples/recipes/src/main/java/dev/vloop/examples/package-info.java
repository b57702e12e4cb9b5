/** The recipes of the README and of docs. What stands there between {@code // region} and {@code // end region} is run by tests. */
@NullMarked
package dev.vloop.examples;

import org.jspecify.annotations.NullMarked;
