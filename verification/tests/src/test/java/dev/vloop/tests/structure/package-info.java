/** Rule 32: what an iteration forks. */
@NullMarked
package dev.vloop.tests.structure;

import org.jspecify.annotations.NullMarked;
