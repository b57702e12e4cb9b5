package dev.vloop.bench.run;

/** What a program tells the one that started it: a line for each value. */
public final class Result {
    /** How such a line begins; then come the metric and its value. */
    public static final String PREFIX = "RESULT\t";

    private Result() {}

    static void tell(String metric, double value) {
        System.out.println(PREFIX + metric + "\t" + value);
    }
}
