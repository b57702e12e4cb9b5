/** How a JVM that runs tests ends: {@link FirstFailure} says so to {@link Trial}. */
final class ExitCode {
    static final int PASSED = 0;
    static final int FAILED = 10;

    /** No test was run. */
    static final int NONE = 11;

    private ExitCode() {}
}
