/** What a runtime stands on, for those who write one or replace its time. */
@NullMarked
package dev.vloop.spi;

import org.jspecify.annotations.NullMarked;
