/** The engines of virtual time. */
@NullMarked
package dev.vloop.testkit.engine;

import org.jspecify.annotations.NullMarked;
