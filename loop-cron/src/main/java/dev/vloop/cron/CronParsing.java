package dev.vloop.cron;

import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.parser.CronParser;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Has an expression parsed and validated by cron-utils, field by field, and makes a table of what it found. */
final class CronParsing {
    private static final List<CronFieldName> SIX = List.of(
            CronFieldName.SECOND,
            CronFieldName.MINUTE,
            CronFieldName.HOUR,
            CronFieldName.DAY_OF_MONTH,
            CronFieldName.MONTH,
            CronFieldName.DAY_OF_WEEK);

    private static final CronParser PARSER = new CronParser(definition());
    private static final Pattern FIELD = Pattern.compile("\\S+");

    /** The Gregorian calendar repeats after that many months. */
    private static final int CYCLE = 400 * 12;

    /** A field as it was written, and where. */
    private record Token(String text, int position) {}

    private CronParsing() {}

    static CronTable parse(String expression) {
        List<Token> tokens = tokens(expression);
        boolean withSeconds = tokens.size() == SIX.size();
        if (!withSeconds && tokens.size() != SIX.size() - 1) {
            throw new IllegalArgumentException("cron expression '" + expression + "' must have five fields, or six with"
                    + " seconds, but has " + tokens.size());
        }
        if (!withSeconds) {
            tokens.addFirst(new Token("0", 0));
        }
        List<CronField> fields = new ArrayList<>();
        for (int i = 0; i < SIX.size(); i++) {
            fields.add(field(expression, i, tokens.get(i)));
        }
        CronDays days = new CronDays(fields.get(3).days(), fields.get(5).days());
        boolean everySoOften = isEvery(tokens.get(1)) || isEvery(tokens.get(2));
        CronTable table = new CronTable(
                expression.strip(),
                fields.get(0).bits(),
                fields.get(1).bits(),
                fields.get(2).bits(),
                fields.get(4).bits(),
                days,
                everySoOften);
        if (table.nextDay(LocalDate.of(2000, 1, 1), CYCLE) == null) {
            throw new IllegalArgumentException(
                    "cron expression '" + expression + "' is never due: no month that it" + " names has such a day");
        }
        return table;
    }

    private static List<Token> tokens(String expression) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = FIELD.matcher(nickname(expression));
        while (matcher.find()) {
            tokens.add(new Token(matcher.group(), matcher.start()));
        }
        return tokens;
    }

    private static String nickname(String expression) {
        String name = expression.strip().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "@yearly", "@annually" -> "0 0 1 1 *";
            case "@monthly" -> "0 0 1 * *";
            case "@weekly" -> "0 0 * * 0";
            case "@daily", "@midnight" -> "0 0 * * *";
            case "@hourly" -> "0 * * * *";
            default -> {
                if (name.startsWith("@")) {
                    throw new IllegalArgumentException("cron expression '" + expression + "' is no name that is known: "
                            + "@yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly");
                }
                yield expression;
            }
        };
    }

    /** cron-utils does not say which field is wrong: each is parsed among stars. */
    private static CronField field(String expression, int index, Token token) {
        CronFieldName name = SIX.get(index);
        List<String> among = new ArrayList<>(List.of("*", "*", "*", "*", "*", "*"));
        among.set(index, token.text());
        try {
            FieldExpression parsed =
                    PARSER.parse(String.join(" ", among)).retrieve(name).getExpression();
            return CronField.of(name, parsed);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "cron expression '" + expression + "' is wrong at position " + token.position() + ", "
                            + name.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " '" + token.text() + "': "
                            + e.getMessage(),
                    e);
        }
    }

    private static boolean isEvery(Token token) {
        return token.text().contains("*") || token.text().contains("/");
    }

    private static CronDefinition definition() {
        return CronDefinitionBuilder.defineCron()
                .withSeconds()
                .withValidRange(0, 59)
                .and()
                .withMinutes()
                .withValidRange(0, 59)
                .and()
                .withHours()
                .withValidRange(0, 23)
                .and()
                .withDayOfMonth()
                .withValidRange(1, 31)
                .supportsL()
                .supportsW()
                .supportsLW()
                .supportsQuestionMark()
                .and()
                .withMonth()
                .withValidRange(1, 12)
                .and()
                .withDayOfWeek()
                .withValidRange(0, 7)
                .withMondayDoWValue(1)
                .withIntMapping(7, 0)
                .supportsHash()
                .supportsL()
                .supportsQuestionMark()
                .and()
                .instance();
    }
}
