/*
 * A map of this package, for those who change it.
 *
 *   For users        VirtualTime
 *   Spring           VirtualTimeCustomizerFactory (puts the runtime into the context), VirtualTimeListener (begins and ends a test)
 *   JUnit            TestLoopsParameter
 *   Loops            ContextLoops (the loops of a context, in the runtime of each test), RecordedLoop (one of them), Proxies
 */

/** Tests of Spring Boot applications with loops, in virtual time. */
@NullMarked
package dev.vloop.spring.test;

import org.jspecify.annotations.NullMarked;
