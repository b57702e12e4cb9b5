package dev.vloop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Reaction;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which errors of a database pass by themselves. */
class SqlStatesTest {
    @ParameterizedTest
    @CsvSource({
        "08006,RETRY", // the connection is lost
        "57P01,RETRY", // the server shuts down
        "57P03,RETRY", // it starts up
        "40001,RETRY", // a conflict of transactions
        "40P01,RETRY", // a deadlock
        "57014,FAIL", // the statement was cancelled
        "23505,FAIL", // the row is there already
        ",FAIL"
    })
    void a_lost_connection_a_restart_and_a_conflict_pass_and_nothing_else(String state, Reaction reaction) {
        assertThat(SqlStates.reaction(new SQLException("as the test wants", state)))
                .isEqualTo(reaction);
    }
}
