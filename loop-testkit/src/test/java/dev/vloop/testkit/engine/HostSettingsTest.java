package dev.vloop.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The settings of a virtual host")
class HostSettingsTest {
    @Test
    void keep_what_was_set_before() {
        Instant origin = Instant.EPOCH;
        HostSettings set = HostSettings.DEFAULT
                .withOrigin(origin)
                .withSeed(1)
                .withPatience(Duration.ofSeconds(2))
                .withStall(Duration.ofSeconds(3))
                .withExternalLimit(Duration.ofSeconds(4))
                .withSwitchLimit(5)
                .withRunaway(Duration.ofSeconds(6), 7)
                .withDeep(true);
        HostSettings expected = new HostSettings(
                origin,
                1L,
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                5,
                Duration.ofSeconds(6),
                7,
                true);
        assertThat(set).isEqualTo(expected);
        assertThat(set.withDeep(false).withRunaway(Duration.ofSeconds(6), 7).withDeep(true))
                .isEqualTo(expected);
        assertThat(set.withSwitchLimit(5).withExternalLimit(Duration.ofSeconds(4)))
                .isEqualTo(expected);
        assertThat(set.withStall(Duration.ofSeconds(3)).withPatience(Duration.ofSeconds(2)))
                .isEqualTo(expected);
        assertThat(set.withSeed(1).withOrigin(origin)).isEqualTo(expected);
    }

    @Test
    void allow_a_hundred_switches_more_for_each_thread() {
        assertThat(HostSettings.DEFAULT.withSwitchLimit(5).switchLimit(3)).isEqualTo(305);
    }
}
