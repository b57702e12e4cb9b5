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
import java.util.ArrayList;
import java.util.List;

/**
 * What a field names, out of cron-utils' model.
 *
 * @param bits a bit for each plain value
 * @param days what a day field names; empty when that is every day, or for another field
 */
record CronField(long bits, List<DayRule> days) {
    static CronField of(CronFieldName name, FieldExpression expression) {
        Reader reader = new Reader(name);
        reader.read(expression);
        boolean unrestricted = expression instanceof Always || expression instanceof QuestionMark;
        return new CronField(reader.bits, unrestricted ? List.of() : reader.days());
    }

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
                case QuestionMark mark -> range(min, max, 1);
                case And and -> and.getExpressions().forEach(this::read);
                case Between between -> range(value(between.getFrom()), value(between.getTo()), 1);
                case Every every -> steps(every);
                case On on -> on(on);
                default -> throw new IllegalArgumentException("not understood: " + expression.asString());
            }
        }

        private void steps(Every every) {
            int step = every.getPeriod().getValue();
            if (step < 1) {
                throw new IllegalArgumentException("a step must be at least 1: " + step);
            }
            switch (every.getExpression()) {
                case Between between -> range(value(between.getFrom()), value(between.getTo()), step);
                case On on
                when on.getSpecialChar().getValue() == SpecialChar.NONE -> range(value(on.getTime()), max, step);
                case Always always -> range(min, max, step);
                default -> throw new IllegalArgumentException("a step of what is no range: " + every.asString());
            }
        }

        /** From one value to another, over the end if the first is the greater. */
        private void range(int from, int to, int step) {
            int size = max - min + 1;
            int length = Math.floorMod(to - from, size);
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
                default -> throw new IllegalArgumentException("not understood: " + on.asString());
            }
        }

        private static int nth(int n) {
            if (n < 1 || n > 5) {
                throw new IllegalArgumentException("a weekday comes up to 5 times a month: #" + n);
            }
            return n;
        }

        /** The number of a value; Sunday is 0. */
        private int value(FieldValue<?> value) {
            if (!(value.getValue() instanceof Integer number)) {
                throw new IllegalArgumentException("not a number: " + value);
            }
            return name == CronFieldName.DAY_OF_WEEK ? number % 7 : number;
        }
    }
}
