package dev.vloop.testkit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Runs a {@link LoopTest} once for each of its seeds, up to the first that fails. */
final class LoopTestSeeds implements TestTemplateInvocationContextProvider {
    /** The system property with the one seed to run with. */
    static final String PROPERTY = "vloop.test.seed";

    /** When a test begins that does not say it: as with {@link TestLoops#create()}, so that nothing has to be parsed. */
    static final String START = "2000-01-01T00:00:00Z";

    LoopTestSeeds() {}

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        LoopTest test = AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), LoopTest.class)
                .orElseThrow(() -> new ExtensionConfigurationException(
                        "@LoopTest is missing on " + context.getRequiredTestMethod()));
        if (test.seeds() < 1) {
            throw new ExtensionConfigurationException("seeds must be at least 1, but is " + test.seeds());
        }
        Instant startAt = test.startAt().equals(START) ? null : instant(test.startAt());
        AtomicBoolean failed = new AtomicBoolean();
        // lazy: when JUnit takes the next run, the one before has ended
        return seeds(test).takeWhile(seed -> !failed.get()).map(seed -> {
            LoopTestExtension extension = new LoopTestExtension(
                    builder -> {
                        builder.engine(test.engine()).deep(test.deep()).tolerate(test.tolerate());
                        if (startAt != null) {
                            builder.startAt(startAt);
                        }
                        if (seed >= 0) {
                            builder.seed(seed);
                        }
                    },
                    new LoopTestExtension.Run(seed < 0 ? null : seed, () -> failed.set(true)));
            return new OneSeed(context.getDisplayName(), seed < 0 ? null : seed, extension);
        });
    }

    /** {@return the seeds to run with; -1 for a run in which nothing is shuffled} */
    private static Stream<Long> seeds(LoopTest test) {
        String replayed = System.getProperty(PROPERTY);
        if (replayed == null) {
            return test.seeds() == 1
                    ? Stream.of(-1L)
                    : LongStream.range(0, test.seeds()).boxed();
        }
        try {
            long seed = Long.parseLong(replayed);
            if (seed >= 0) {
                return Stream.of(seed);
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw new ExtensionConfigurationException(
                "system property " + PROPERTY + " must be a number from 0 on, but is '" + replayed + "'");
    }

    private static Instant instant(String text) {
        try {
            return DateTimeFormatter.ISO_DATE_TIME
                    .parse(text, ZonedDateTime::from)
                    .toInstant();
        } catch (DateTimeException e) {
            throw new ExtensionConfigurationException(
                    "startAt must be an instant or a zoned date-time, such as 2026-03-28T08:59+01:00[Europe/Berlin], but is '"
                            + text + "'",
                    e);
        }
    }

    private record OneSeed(String name, @Nullable Long seed, Extension extension)
            implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int invocation) {
            return seed == null ? name : "seed " + seed;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(extension);
        }
    }
}
