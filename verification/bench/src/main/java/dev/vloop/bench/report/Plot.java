package dev.vloop.bench.report;

import java.util.List;
import java.util.Locale;

/** Draws how three costs grow with the number of loops, side by side, both axes logarithmic. */
public final class Plot {
    private static final int WIDTH = 300;
    private static final int HEIGHT = 260;
    private static final int LEFT = 60;
    private static final int TOP = 40;
    private static final int[] LOOPS = {1_000, 10_000, 100_000, 1_000_000};
    private static final String[] SUBJECTS = {"vloop", "hand-written", "hand-written, parks", "pool"};
    private static final String[] COLOURS = {"#d62728", "#1f77b4", "#17becf", "#7f7f7f"};

    private final Measured measured;
    private final int jdk;
    private final StringBuilder svg = new StringBuilder();

    private Plot(Measured measured, int jdk) {
        this.measured = measured;
        this.jdk = jdk;
    }

    /**
     * {@return an SVG picture}
     *
     * @param measured what was measured
     * @param jdk the feature version of the JDK to draw
     */
    public static String of(Measured measured, int jdk) {
        Plot plot = new Plot(measured, jdk);
        plot.svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1110\" height=\"380\" "
                + "font-family=\"sans-serif\" font-size=\"12\">\n"
                + "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        plot.panel(0, "heap", "bytes of heap per loop", false);
        plot.panel(1, "start", "ns per loop to start it and run it once", true);
        plot.panel(2, "cancel", "ns per loop to cancel and join it", true);
        for (int i = 0; i < SUBJECTS.length; i++) {
            int x = LEFT + 200 * i;
            plot.line(x, 360, x + 24, 360, COLOURS[i], 3);
            plot.text(x + 30, 364, "start", SUBJECTS[i]);
        }
        plot.text(1050, 364, "end", "JDK " + jdk);
        return plot.svg.append("</svg>\n").toString();
    }

    private void panel(int column, String metric, String title, boolean perLoop) {
        int x0 = LEFT + column * (WIDTH + LEFT + 10);
        double least = Double.MAX_VALUE;
        double most = 0;
        double[][] values = new double[SUBJECTS.length][LOOPS.length];
        for (int s = 0; s < SUBJECTS.length; s++) {
            for (int n = 0; n < LOOPS.length; n++) {
                List<Double> rounds = measured.of(new Measured.Key("growth-" + LOOPS[n], jdk, SUBJECTS[s], metric));
                if (rounds.isEmpty()) {
                    continue;
                }
                double value = Spread.of(rounds).median() * (perLoop ? 1e6 / LOOPS[n] : 1);
                values[s][n] = value;
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
        }
        if (most == 0) {
            return;
        }
        int low = (int) Math.floor(Math.log10(least));
        int high = (int) Math.ceil(Math.log10(most));
        text(x0 + WIDTH / 2, TOP - 15, "middle", title);
        for (int decade = low; decade <= high; decade++) {
            double y = y(Math.pow(10, decade), low, high);
            line(x0, y, x0 + WIDTH, y, "#dddddd", 1);
            text(x0 - 6, y + 4, "end", String.format(Locale.ROOT, "%,.0f", Math.pow(10, decade)));
        }
        for (int n = 0; n < LOOPS.length; n++) {
            text(x0 + x(n), TOP + HEIGHT + 18, "middle", String.format(Locale.ROOT, "%,d", LOOPS[n]));
        }
        for (int s = 0; s < SUBJECTS.length; s++) {
            for (int n = 0; n + 1 < LOOPS.length; n++) {
                if (values[s][n] == 0 || values[s][n + 1] == 0) {
                    continue;
                }
                line(
                        x0 + x(n),
                        y(values[s][n], low, high),
                        x0 + x(n + 1),
                        y(values[s][n + 1], low, high),
                        COLOURS[s],
                        2);
            }
        }
    }

    private static double x(int n) {
        return (double) n * WIDTH / (LOOPS.length - 1);
    }

    private static double y(double value, int low, int high) {
        return TOP + HEIGHT * (high - Math.log10(value)) / (high - low);
    }

    private void line(double x1, double y1, double x2, double y2, String colour, int width) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%d\"/>%n",
                x1,
                y1,
                x2,
                y2,
                colour,
                width));
    }

    private void text(double x, double y, String anchor, String words) {
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, words));
    }
}
