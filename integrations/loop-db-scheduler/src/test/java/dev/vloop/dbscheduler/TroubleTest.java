package dev.vloop.dbscheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("R40: what the log says of the database's trouble, and how often")
class TroubleTest {
    private static final String AWAY = "WARNING no loop of cluster 'a' begins a slot: the database is away; ";
    private static final String BACK = "INFO loops of cluster 'a' begin slots again";

    private final List<String> logged = new ArrayList<>();
    private final Trouble trouble = new Trouble("cluster 'a'", "loops");

    /** Other tests may log here, too, from threads that are about to end. */
    private volatile Thread own = Thread.currentThread();

    private final ClusterLog log = new ClusterLog(entry -> {
        if (Thread.currentThread() == own) {
            logged.add(entry.getLevel() + " " + entry.getMessage());
        }
    });

    @AfterEach
    void listenNoMore() {
        log.close();
    }

    private static SQLException refused(String message) {
        return new SQLException(message, "08001");
    }

    @Test
    void an_outage_is_told_once_and_so_is_its_end() {
        trouble.over();
        trouble.tell(refused("try 1"));
        trouble.tell(new IllegalStateException(refused("try 2")));
        trouble.over();
        trouble.over();
        assertThat(logged).containsExactly(AWAY + refused("try 1"), BACK);
    }

    @Test
    void the_next_outage_is_told_again() {
        trouble.tell(refused("first"));
        trouble.over();
        trouble.tell(refused("second"));
        trouble.over();
        assertThat(logged).containsExactly(AWAY + refused("first"), BACK, AWAY + refused("second"), BACK);
    }

    @Test
    void another_trouble_during_the_first_is_told() {
        trouble.tell(refused("away"));
        trouble.tell(new SQLException("no such table", "42S02"));
        trouble.tell(new SQLException("no such table", "42P01"));
        trouble.tell(new SQLException("no rights", "42000"));
        trouble.over();
        String begin = "WARNING no loop of cluster 'a' begins a slot: ";
        String missing = begin + "the database has no table loops: call createTable(), or run the script of the jar; "
                + new SQLException("no such table");
        assertThat(logged)
                .containsExactly(AWAY + refused("away"), missing, missing, begin + new SQLException("no rights"), BACK);
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void causes_that_go_round_in_a_circle_are_told_like_others() {
        IllegalStateException outer = new IllegalStateException("outer");
        outer.initCause(new IllegalStateException("inner", outer));
        own = Thread.currentThread();
        trouble.tell(outer);
        assertThat(logged).singleElement().asString().startsWith("WARNING no loop of cluster 'a' begins a slot: ");
    }

    @Test
    void a_row_that_cannot_be_read_is_told_once() {
        trouble.tellRow("x", new IllegalStateException("garbage"));
        trouble.tellRow("x", new IllegalStateException("garbage"));
        trouble.tellRow("y", new IllegalStateException("garbage"));
        assertThat(logged)
                .containsExactly(
                        "SEVERE the row 'x' of table loops cannot be read",
                        "SEVERE the row 'y' of table loops cannot be read");
    }
}
