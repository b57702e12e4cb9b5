package dev.vloop.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class QueryTest {
    private static final ZoneId UTC = ZoneOffset.UTC;

    @Test
    void of_several_parameters_with_one_name_the_first_counts() {
        Query query = Query.of("a=1&a=2&b=&c&%61=3");
        assertThat(query.get("a")).isEqualTo("1");
        assertThat(query.get("b")).isEmpty();
        assertThat(query.get("c")).isEmpty();
        assertThat(query.get("d")).isNull();
        assertThat(query.get("d", "otherwise")).isEqualTo("otherwise");
    }

    @Test
    void what_cannot_be_decoded_is_left_out_and_bad_letters_become_another() {
        Query query = Query.of("a=%&b=%zz&c=%-1&%=1&d=%c0%af&e=a+b%2B=c");
        assertThat(query.get("a")).isNull();
        assertThat(query.get("b")).isNull();
        assertThat(query.get("c")).isNull();
        assertThat(query.get("d")).contains("\uFFFD").doesNotContain("/");
        assertThat(query.get("e")).isEqualTo("a b+=c");
        assertThat(Query.of(null).get("a")).isNull();
    }

    @Test
    void of_a_thousand_parameters_only_the_first_are_read() {
        Query query = Query.of("x&".repeat(28) + "last=1&" + "more=2&".repeat(1_000));
        assertThat(query.get("last")).isEqualTo("1");
        assertThat(query.get("more")).startsWith("2&more=2");
    }

    @Test
    void numbers_are_kept_within_their_range() {
        Query query = Query.of("low=-7&in=7&high=77&none=x");
        assertThat(query.number("low", 3, 1, 9)).isEqualTo(1);
        assertThat(query.number("in", 3, 1, 9)).isEqualTo(7);
        assertThat(query.number("high", 3, 1, 9)).isEqualTo(9);
        assertThat(query.number("none", 3, 1, 9)).isEqualTo(3);
        assertThat(query.number("absent", 3, 1, 9)).isEqualTo(3);
    }

    @Test
    void a_zone_is_one_that_there_is() {
        assertThat(ListQuery.zoneOf(Query.of("zone=Asia/Tokyo"), UTC)).isEqualTo(ZoneId.of("Asia/Tokyo"));
        assertThat(ListQuery.zoneOf(Query.of("zone=Mars/Olympus"), UTC)).isEqualTo(UTC);
        assertThat(ListQuery.zoneOf(Query.of("zone=UTC%2B1" + "0".repeat(60)), UTC))
                .isEqualTo(UTC);
        assertThat(ListQuery.zoneOf(Query.of("zone="), UTC)).isEqualTo(UTC);
    }
}
