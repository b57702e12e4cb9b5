/** What holds across modules. */
@NullMarked
package dev.vloop.tests;

import org.jspecify.annotations.NullMarked;
