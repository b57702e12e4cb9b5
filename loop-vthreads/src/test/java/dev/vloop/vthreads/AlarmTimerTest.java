package dev.vloop.vthreads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.spi.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R31: the timer of a host that has none of its own")
class AlarmTimerTest {
    private final HandMovedHost host = new HandMovedHost();
    private final List<Long> rung = new ArrayList<>();
    private final Host.Timer timer = host.newTimer(() -> rung.add(host.nanoTime()));

    @Test
    void rings_only_at_the_time_that_it_was_set_to_last() {
        timer.set(10);
        timer.set(30);
        timer.set(20);
        host.run(Duration.ofNanos(100));
        assertThat(rung).containsExactly(20L);
        timer.set(150);
        host.run(Duration.ofNanos(100));
        assertThat(rung).containsExactly(20L, 150L);
    }

    @Test
    void does_not_ring_once_it_was_called_off_in_whatever_way() {
        timer.set(10);
        timer.set(Host.NEVER);
        timer.set(20);
        timer.cancel();
        timer.set(30);
        timer.release();
        host.run(Duration.ofNanos(100));
        assertThat(rung).isEmpty();
        assertThat(host.alarms).isEmpty();
    }
}
