/**
 * The recipes of the README and of docs. Code between {@code // region} and {@code // end region} is shown there, and tests run it. To
 * change such code, change the page as well: {@code ReadmeTest} compares the two.
 */
@NullMarked
package dev.vloop.examples;

import org.jspecify.annotations.NullMarked;
