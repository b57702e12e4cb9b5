/** Recipes as runnable programs. */
@NullMarked
package dev.vloop.examples;

import org.jspecify.annotations.NullMarked;
