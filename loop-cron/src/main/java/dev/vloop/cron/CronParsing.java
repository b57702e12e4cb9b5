package dev.vloop.cron;

import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.parser.CronParser;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Parses an expression. cron-utils parses and checks each field; this makes a table of the fields. */
final class CronParsing {
    /** The fields of an expression with seconds, in order. */
    private static final List<CronFieldName> FIELDS = List.of(
            CronFieldName.SECOND,
            CronFieldName.MINUTE,
            CronFieldName.HOUR,
            CronFieldName.DAY_OF_MONTH,
            CronFieldName.MONTH,
            CronFieldName.DAY_OF_WEEK);

    private static final CronParser PARSER = new CronParser(definition());
    private static final Pattern WORD = Pattern.compile("\\S+");

    /** The Gregorian calendar repeats after this many months. */
    private static final int CYCLE = 400 * 12;

    /** A field as it was written, and its position in the expression. */
    private record Token(String text, int position) {}

    private CronParsing() {}

    static CronTable parse(String expression) {
        List<Token> tokens = tokens(expression);
        boolean withSeconds = tokens.size() == FIELDS.size();
        if (!withSeconds && tokens.size() != FIELDS.size() - 1) {
            throw new IllegalArgumentException("cron expression '" + expression + "' must have five fields, or six with"
                    + " seconds, but has " + tokens.size());
        }
        if (!withSeconds) {
            tokens.addFirst(new Token("0", 0));
        }
        CronTable table = table(expression, byName(tokens));
        if (table.nextDay(LocalDate.of(2000, 1, 1), CYCLE) == null) {
            throw new IllegalArgumentException(
                    "cron expression '" + expression + "' is never due: no month that it names has such a day");
        }
        return table;
    }

    private static Map<CronFieldName, Token> byName(List<Token> tokens) {
        Map<CronFieldName, Token> byName = new EnumMap<>(CronFieldName.class);
        for (int i = 0; i < FIELDS.size(); i++) {
            byName.put(FIELDS.get(i), tokens.get(i));
        }
        return byName;
    }

    private static CronTable table(String expression, Map<CronFieldName, Token> tokens) {
        CronField second = field(expression, CronFieldName.SECOND, tokens);
        CronField minute = field(expression, CronFieldName.MINUTE, tokens);
        CronField hour = field(expression, CronFieldName.HOUR, tokens);
        CronField dayOfMonth = field(expression, CronFieldName.DAY_OF_MONTH, tokens);
        CronField month = field(expression, CronFieldName.MONTH, tokens);
        CronField dayOfWeek = field(expression, CronFieldName.DAY_OF_WEEK, tokens);
        CronDays days = new CronDays(dayOfMonth.days(), dayOfWeek.days());
        boolean everySoOften = repeats(tokens, CronFieldName.MINUTE) || repeats(tokens, CronFieldName.HOUR);
        return new CronTable(
                expression.strip(), second.bits(), minute.bits(), hour.bits(), month.bits(), days, everySoOften);
    }

    private static List<Token> tokens(String expression) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = WORD.matcher(nickname(expression));
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
                    throw new IllegalArgumentException(
                            "cron expression '" + expression + "' is not a known name; the names are "
                                    + "@yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly");
                }
                yield expression;
            }
        };
    }

    /** Parses one field, among stars for the others: of a whole expression, cron-utils does not say which field is wrong. */
    private static CronField field(String expression, CronFieldName name, Map<CronFieldName, Token> tokens) {
        Token token = Objects.requireNonNull(tokens.get(name));
        String amongStars =
                FIELDS.stream().map(each -> each == name ? token.text() : "*").collect(Collectors.joining(" "));
        try {
            FieldExpression parsed = PARSER.parse(amongStars).retrieve(name).getExpression();
            return CronField.of(name, parsed);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "cron expression '" + expression + "' is wrong at position " + token.position() + ", "
                            + name.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " '" + token.text() + "': "
                            + e.getMessage(),
                    e);
        }
    }

    /** {@return whether a field has a star or a step} */
    private static boolean repeats(Map<CronFieldName, Token> tokens, CronFieldName name) {
        String text = Objects.requireNonNull(tokens.get(name)).text();
        return text.contains("*") || text.contains("/");
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
