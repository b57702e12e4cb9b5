/** Code that runs in Maven's own JVM, which may be a JDK 17. */
@NullMarked
package dev.vloop.examples.maven;

import org.jspecify.annotations.NullMarked;
