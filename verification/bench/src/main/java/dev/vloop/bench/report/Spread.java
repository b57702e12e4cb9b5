package dev.vloop.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The median of some values, and how far they spread.
 *
 * @param median the median
 * @param least the least value
 * @param most the greatest value
 * @param count how many values there are
 */
record Spread(double median, double least, double most, int count) {
    /** {@return the spread of some values, at least one} */
    static Spread of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int n = sorted.size();
        double median = (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(n - 1), n);
    }

    /** {@return the spread of the ratios of values of the same rounds, at least one} */
    static Spread ofRatios(List<Double> values, List<Double> others) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(values.size(), others.size()); i++) {
            ratios.add(values.get(i) / others.get(i));
        }
        return of(ratios);
    }

    static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 || value == 0 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }

    @Override
    public String toString() {
        return count == 1 ? number(median) : number(median) + " (" + number(least) + "–" + number(most) + ")";
    }
}
