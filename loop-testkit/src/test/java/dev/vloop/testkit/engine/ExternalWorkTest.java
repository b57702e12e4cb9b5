package dev.vloop.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.testkit.engine.ExternalWork.Piece;
import org.junit.jupiter.api.Test;

/** While external work is under way, time stands still. */
class ExternalWorkTest {
    private final ExternalWork work = new ExternalWork();

    @Test
    void it_is_under_way_until_the_last_piece_has_ended() {
        assertThat(work.isUnderWay()).isFalse();
        Piece one = work.begin("one");
        Piece other = work.begin("other");
        work.end(one);
        assertThat(work.isUnderWay()).isTrue();
        work.end(other);
        assertThat(work.isUnderWay()).isFalse();
    }

    /** Work for which time no longer waits has been ended already when it is over. */
    @Test
    void a_piece_that_ends_twice_ends_no_other() {
        Piece one = work.begin("one");
        Piece other = work.begin("other");
        work.end(one);
        work.end(one);
        assertThat(work.isUnderWay()).isTrue();
        work.end(other);
        assertThat(work.isUnderWay()).isFalse();
    }
}
