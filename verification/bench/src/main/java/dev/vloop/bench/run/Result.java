package dev.vloop.bench.run;

/** Reports values to the program that started this one: one line for each value. */
public final class Result {
    /** The beginning of such a line; the metric and its value follow. */
    public static final String PREFIX = "RESULT\t";

    private Result() {}

    static void tell(String metric, double value) {
        System.out.println(PREFIX + metric + "\t" + value);
    }
}
