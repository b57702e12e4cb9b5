package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program is compiled when it runs, as tests are compiled for Java 21, which has scoped values as a preview only. */
@Tag("real-time")
@DisplayName("R32: scoped values and forks")
class ScopedValuesTest {
    /** Before JDK 25 the program cannot be compiled, and there is nothing to see. */
    private static final boolean HAS_SCOPED_VALUES = Runtime.version().feature() >= 25;

    private static final String PROGRAM = """
            import dev.vloop.*;
            import dev.vloop.vthreads.VirtualLoops;
            import java.time.Duration;
            import java.util.List;

            class Scoped {
                static final ScopedValue<String> USER = ScopedValue.newInstance();

                static String user() {
                    return USER.isBound() ? USER.get() : "unbound";
                }

                static void once(String name, LoopBody body) throws Exception {
                    try (LoopRuntime loops = VirtualLoops.create()) {
                        LoopEnd end = loops.loop(name).every(Duration.ofHours(1)).count(1).start(body).join();
                        System.out.println(name + ": " + (end instanceof LoopEnd.Failed f ? f.cause().getMessage() : "ok"));
                    }
                }

                static <T> T where(String user, ScopedValue.CallableOp<T, Exception> code) throws Exception {
                    return ScopedValue.where(USER, user).call(code);
                }

                public static void main(String[] arguments) throws Exception {
                    once("simple", it -> System.out.println("sees " + where("ann", () -> it.fork(() -> user()).get())));
                    once("outer open", it -> {
                        Forked<String> outer = it.fork(() -> {
                            it.sleep(Duration.ofMillis(20));
                            return user();
                        });
                        System.out.println("within " + where("ann", () -> it.fork(() -> user()).get()));
                        System.out.println("again " + where("bob", () -> {
                            Forked<String> fork = it.fork(() -> user());
                            Forked<String> deeper = where("eve", () -> {
                                Forked<String> inner = it.fork(() -> it.fork(() -> user()).get());
                                inner.get();
                                return inner;
                            });
                            return fork.get() + " " + deeper.get();
                        }));
                        System.out.println("outer " + outer.get());
                        System.out.println("after " + it.fork(() -> user()).get());
                    });
                    once("outer awaited within", it -> {
                        Forked<String> outer = it.fork(() -> user());
                        where("ann", () -> {
                            Forked<String> inner = it.fork(() -> user());
                            System.out.println("both " + outer.get() + " " + inner.get());
                            return 0;
                        });
                        System.out.println("after " + it.fork(() -> user()).get());
                    });
                    once("each", it -> {
                        it.fork(() -> user());
                        where("ann", () -> it.forkEach(List.of(1, 2), item -> System.out.println("each " + user())));
                    });
                    once("siblings", it -> {
                        Forked<Integer> outer = it.fork(() -> {
                            it.sleep(Duration.ofHours(1));
                            return 1;
                        });
                        where("ann", () -> it.fork(() -> {
                            throw new IllegalStateException("inner broken");
                        }).get());
                    });
                    once("left behind", it -> where("ann", () -> it.fork(() -> user())));
                    once("left behind, outer open", it -> {
                        it.fork(() -> user());
                        where("ann", () -> it.fork(() -> user()));
                    });
                    try (LoopRuntime loops = VirtualLoops.create()) {
                        loops.loop("around")
                                .every(Duration.ofHours(1))
                                .count(1)
                                .interceptAttempts((attempt, chain) -> where("ann", () -> {
                                    chain.proceed();
                                    return 0;
                                }))
                                .start(it -> it.fork(() -> {
                                    System.out.println("around " + user());
                                    return 0;
                                }))
                                .join();
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    private List<String> run(String scopes) throws Exception {
        Path program = folder.resolve("Scoped.java");
        Files.writeString(program, PROGRAM);
        Process process = new ProcessBuilder(
                        Jvm.tool("java"),
                        "-Dvloop.scopes=" + scopes,
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            List<String> said =
                    process.inputReader(StandardCharsets.UTF_8).lines().toList();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void in_structured_scopes_a_fork_sees_what_is_bound_where_it_is_made() throws Exception {
        if (!HAS_SCOPED_VALUES) {
            return;
        }
        String leftBehind = "a fork that is made within ScopedValue.where(..)";
        assertThat(run("structured").stream()
                        .map(line -> line.replaceAll("(" + java.util.regex.Pattern.quote(leftBehind) + ").*", "$1")))
                .containsExactly(
                        "sees ann",
                        "simple: ok",
                        "within ann",
                        "again bob eve",
                        "outer unbound",
                        "after unbound",
                        "outer open: ok",
                        "both unbound ann",
                        "after unbound",
                        "outer awaited within: ok",
                        "each ann",
                        "each ann",
                        "each: ok",
                        "siblings: inner broken",
                        "left behind: " + leftBehind,
                        "left behind, outer open: " + leftBehind,
                        "around ann");
    }

    @Test
    void in_plain_scopes_they_are_unbound() throws Exception {
        if (!HAS_SCOPED_VALUES) {
            return;
        }
        assertThat(run("plain"))
                .contains("sees unbound", "within unbound", "each unbound", "left behind: ok", "around unbound");
    }
}
