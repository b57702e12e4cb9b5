/** What a tick costs on the database, beside plain db-scheduler: the table in docs/performance.md. */
@NullMarked
package dev.vloop.dbscheduler.cost;

import org.jspecify.annotations.NullMarked;
