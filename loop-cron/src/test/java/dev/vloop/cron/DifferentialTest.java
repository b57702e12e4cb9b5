package dev.vloop.cron;

import static org.assertj.core.api.Assertions.assertThat;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.support.CronExpression;

@NullUnmarked // the libraries do not say where they return null
@DisplayName("R18: agrees with two other libraries wherever these agree")
class DifferentialTest {
    private static final long SEED = Long.getLong("dev.vloop.seed", 20_261_123);
    private static final int EXPRESSIONS = 4_000;
    private static final String[] WEEKDAYS = {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"};

    private final Random random = new Random(SEED);
    private final CronParser cronUtils = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.SPRING53));

    @Test
    void thousands_of_expressions_have_the_same_slots() {
        int compared = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            String expression = expression();
            ZonedDateTime start = ZonedDateTime.of(2000 + random.nextInt(60), 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)
                    .plusSeconds(random.nextInt(366 * 86_400));
            List<Instant> spring = spring(expression, start);
            if (spring.size() == 5 && spring.equals(cronUtils(expression, start))) {
                compared++;
                Cron ours = Cron.parse(expression, ZoneOffset.UTC);
                assertThat(slots(start, at -> ours.nextAfter(at.toInstant()).atZone(ZoneOffset.UTC)))
                        .as("%s from %s, seed %d", expression, start, SEED)
                        .isEqualTo(spring);
            }
        }
        System.out.printf("%,d of %,d expressions compared, seed %d%n", compared, EXPRESSIONS, SEED);
        assertThat(compared).isGreaterThan(EXPRESSIONS * 3 / 4);
    }

    private List<Instant> spring(String expression, ZonedDateTime start) {
        CronExpression cron = CronExpression.parse(expression);
        return slots(start, cron::next);
    }

    private List<Instant> cronUtils(String expression, ZonedDateTime start) {
        ExecutionTime times = ExecutionTime.forCron(cronUtils.parse(expression));
        return slots(start, at -> times.nextExecution(at).orElse(null));
    }

    private static List<Instant> slots(ZonedDateTime start, UnaryOperator<ZonedDateTime> next) {
        List<Instant> slots = new ArrayList<>();
        ZonedDateTime at = next.apply(start);
        while (at != null && slots.size() < 5) {
            slots.add(at.toInstant());
            at = next.apply(at);
        }
        return slots;
    }

    /** {@return an expression that restricts only one of the two day fields: with both, libraries differ on purpose} */
    private String expression() {
        boolean week = random.nextBoolean();
        return String.join(
                " ",
                numbers(0, 59),
                numbers(0, 59),
                numbers(0, 23),
                week ? "?" : dayOfMonth(),
                random.nextInt(3) > 0 ? "*" : numbers(1, 12),
                week ? dayOfWeek() : "?");
    }

    private String dayOfMonth() {
        return switch (random.nextInt(5)) {
            case 0 -> "L";
            case 1 -> "LW";
            case 2 -> 1 + random.nextInt(28) + "W";
            case 3 -> "*";
            default -> numbers(1, 28);
        };
    }

    private String dayOfWeek() {
        String day = WEEKDAYS[random.nextInt(7)];
        return switch (random.nextInt(5)) {
            case 0 -> day + "#" + (1 + random.nextInt(4));
            case 1 -> (1 + random.nextInt(6)) + "L";
            case 2 -> "MON-" + WEEKDAYS[2 + random.nextInt(5)];
            case 3 -> "*";
            default -> day + "," + WEEKDAYS[random.nextInt(7)];
        };
    }

    private String numbers(int min, int max) {
        int a = min + random.nextInt(max - min + 1);
        int b = min + random.nextInt(max - min + 1);
        String range = Math.min(a, b) + "-" + Math.max(a, b);
        return switch (random.nextInt(6)) {
            case 0 -> "*";
            case 1 -> String.valueOf(a);
            case 2 -> range;
            case 3 -> range + "/" + (1 + random.nextInt(7));
            case 4 -> "*/" + (1 + random.nextInt((max - min) / 2 + 1));
            default -> list(a, b, min + random.nextInt(max - min + 1));
        };
    }

    private static String list(int... values) {
        StringJoiner list = new StringJoiner(",");
        for (int value : values) {
            list.add(String.valueOf(value));
        }
        return list.toString();
    }
}
