/**
 * The tests whose time is not closed yet. Not exported: {@code dev.vloop.testkit} adds its tests and takes them away, and this package
 * never calls back but by {@link dev.vloop.testkit.open.OpenTest}.
 *
 * <ul>
 *   <li>{@code OpenTests} has them all.
 *   <li>{@code ForgottenTests} closes those that a test of JUnit forgot. JUnit's launcher makes it, if there is one; nothing else is linked
 *       to it.
 * </ul>
 */
@NullMarked
package dev.vloop.testkit.open;

import org.jspecify.annotations.NullMarked;
