/** Three JVMs on a PostgreSQL of their own, what happens to them, and what came of it: {@code scripts/faults.sh}. */
@NullMarked
package dev.vloop.dbscheduler.faults;

import org.jspecify.annotations.NullMarked;
