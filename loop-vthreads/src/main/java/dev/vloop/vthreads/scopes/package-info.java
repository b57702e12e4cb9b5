/**
 * Task scopes: containers of threads that know nothing of loops. Internal, and not exported by the module.
 *
 * <p>The engine asks {@link dev.vloop.vthreads.scopes.TaskScopes} for the kind of scope that this JVM uses, opens a
 * {@link dev.vloop.vthreads.scopes.TaskScope} with it, and forks through {@link dev.vloop.vthreads.scopes.ScopeThreads}.
 *
 * <ul>
 *   <li>{@code TaskScopes} chooses the kind, once per JVM: structured or plain.
 *   <li>{@code TaskScope} is the plain kind and what both kinds share; {@code ForkedTask} is one task in it.
 *   <li>{@code StructuredScope} is the kind that uses the JDK's {@code StructuredTaskScope}.
 *   <li>{@code ScopeShape} finds that preview API's methods. <b>The next JDK's scope</b> begins here: describe its shape, and add a
 *       look-alike to {@code ScopeShapeTest}. {@code ScopeProbe} then tries the shape that was found, once, on real threads.
 *   <li>{@code ScopeThreads} makes the threads of a scope through the runtime's host.
 * </ul>
 */
@NullMarked
package dev.vloop.vthreads.scopes;

import org.jspecify.annotations.NullMarked;
