package dev.vloop.cron;

import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.model.field.expression.QuestionMark;
import com.cronutils.model.field.value.FieldValue;
import com.cronutils.model.field.value.SpecialChar;
import dev.vloop.cron.CronDays.DayRule;
import dev.vloop.internal.Arguments;
import java.util.ArrayList;
import java.util.List;

/**
 * One field of an expression, made from cron-utils' model of it.
 *
 * @param bits a bit for each plain value
 * @param days the rules of a day field; empty if every day matches, or if it is not a day field
 */
record CronField(long bits, List<DayRule> days) {
    static CronField of(CronFieldName name, FieldExpression expression) {
        Reader reader = new Reader(name);
        reader.read(expression);
        boolean unrestricted = expression instanceof Always || expression instanceof QuestionMark;
        return new CronField(reader.bits, unrestricted ? List.of() : reader.days());
    }

    /** Collects what the parts of one field say. */
    private static final class Reader {
        private final CronFieldName name;
        private final int min;
        private final int max;
        private final List<DayRule> special = new ArrayList<>();
        private long bits;

        Reader(CronFieldName name) {
            this.name = name;
            this.min = name == CronFieldName.DAY_OF_MONTH || name == CronFieldName.MONTH ? 1 : 0;
            this.max = switch (name) {
                case HOUR -> 23;
                case DAY_OF_MONTH -> 31;
                case MONTH -> 12;
                case DAY_OF_WEEK -> 6;
                default -> 59;
            };
        }

        List<DayRule> days() {
            List<DayRule> rules = new ArrayList<>(special);
            if (bits != 0 && name == CronFieldName.DAY_OF_MONTH) {
                rules.add(new CronDays.Numbers(bits));
            } else if (bits != 0 && name == CronFieldName.DAY_OF_WEEK) {
                rules.add(new CronDays.Weekdays(bits));
            }
            return rules;
        }

        void read(FieldExpression expression) {
            switch (expression) {
                case Always always -> range(min, max, 1);
                case QuestionMark mark -> {} // in a day field only, which it leaves unrestricted
                case And and -> and.getExpressions().forEach(this::read);
                case Between between -> range(number(between.getFrom()), number(between.getTo()), 1);
                case Every every -> steps(every);
                case On on -> on(on);
                default -> throw new IllegalArgumentException("it is not understood: " + expression.asString());
            }
        }

        private void steps(Every every) {
            int step = every.getPeriod().getValue();
            if (step < 1) {
                throw Arguments.refusal("a step", "be at least 1", step);
            }
            switch (every.getExpression()) {
                case Between between -> range(number(between.getFrom()), number(between.getTo()), step);
                case On on
                when on.getSpecialChar().getValue() == SpecialChar.NONE -> range(value(on.getTime()), max, step);
                case Always always -> range(min, max, step);
                default -> throw new IllegalArgumentException("a step needs a range before it: " + every.asString());
            }
        }

        /** Adds the values from one to another. If the first is greater, the range goes over the end. From Sunday, 0, to Sunday, 7, is a week. */
        private void range(int from, int to, int step) {
            int size = max - min + 1;
            int length = to < from ? to - from + size : to - from;
            for (int i = 0; i <= length; i += step) {
                bits |= 1L << (min + (from - min + i) % size);
            }
        }

        private void on(On on) {
            int time = on.getTime().getValue();
            int nth = on.getNth().getValue();
            boolean week = name == CronFieldName.DAY_OF_WEEK;
            switch (on.getSpecialChar().getValue()) {
                case NONE -> bits |= 1L << value(on.getTime());
                case HASH -> special.add(new CronDays.Nth(value(on.getTime()), nth(nth)));
                case W -> special.add(new CronDays.Working(time));
                case LW -> special.add(new CronDays.Working(0));
                case L -> {
                    if (week && time < 0) {
                        throw new IllegalArgumentException("L needs a day of the week before it, as in FRIL");
                    }
                    special.add(
                            week ? new CronDays.Nth(value(on.getTime()), 0) : new CronDays.FromEnd(Math.max(0, nth)));
                }
                default -> throw new IllegalArgumentException("it is not understood: " + on.asString());
            }
        }

        private static int nth(int n) {
            if (n < 1 || n > 5) {
                throw Arguments.refusal("the number after #", "be from 1 to 5", n);
            }
            return n;
        }

        /** {@return the number of a value; Sunday is 0} */
        private int value(FieldValue<?> value) {
            int number = number(value);
            return name == CronFieldName.DAY_OF_WEEK ? number % 7 : number;
        }

        /** {@return the number of a value as it was written; Sunday is 0 or 7} */
        private static int number(FieldValue<?> value) {
            if (!(value.getValue() instanceof Integer number)) {
                throw new IllegalArgumentException("it is not a number: " + value);
            }
            return number;
        }
    }
}
