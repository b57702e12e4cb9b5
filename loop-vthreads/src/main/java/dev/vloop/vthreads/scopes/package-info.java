/** Task scopes: containers of threads that know nothing of loops. Internal: the module does not export this package. */
@NullMarked
package dev.vloop.vthreads.scopes;

import org.jspecify.annotations.NullMarked;

/*
 * A map. The engine asks TaskScopes for the kind of scope that this JVM uses, opens a TaskScope with it, and forks by ScopeThreads.
 *
 * TaskScopes       chooses the kind, once per JVM: structured or plain.
 * TaskScope        the plain kind, and what both kinds share. ForkedTask is one task in it.
 * StructuredScope  the kind that uses the JDK's StructuredTaskScope.
 * ScopeShape       finds the methods of that preview API. The next JDK's scope begins here: describe its shape, and add a look-alike to
 *                  ScopeShapeTest.
 * ScopeProbe       tries the shape that was found, once, on real threads.
 * ScopeThreads     makes the threads of a scope by the runtime's host.
 */
