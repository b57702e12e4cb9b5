/** Our loops beside discord.py's, whose traces are replayed. */
@NullMarked
package dev.vloop.tests.conformance;

import org.jspecify.annotations.NullMarked;
