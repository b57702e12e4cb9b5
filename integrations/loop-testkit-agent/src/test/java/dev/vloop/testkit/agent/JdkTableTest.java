package dev.vloop.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.instrument.IllegalClassFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The table fits the JDK that runs this test. On a new JDK its failures say what to put into the table. */
class JdkTableTest {
    private static final int JDK = Runtime.version().feature();

    @Test
    void every_row_is_found_in_this_jdk() throws IOException, IllegalClassFormatException {
        List<Rewrite> rows = JdkTable.of(JDK);
        Rewriter rewriter = new Rewriter(rows, LeftAlone.parse(""));
        for (String type : types(rows)) {
            assertThat(rewriter.transform(null, type, null, null, JdkClasses.bytes(type)))
                    .as(type)
                    .isNotNull();
        }
        assertThat(rewriter.failure()).isNull();
        assertThat(rewriter.missing()).isEmpty();
    }

    @Test
    void a_row_that_this_jdk_has_not_got_is_missed() throws IOException, IllegalClassFormatException {
        Rewrite row = new Rewrite(21, Rewrite.LAST, "java/util/concurrent/FutureTask", Set.of("isDone"), JdkTable.READ);
        Rewriter rewriter = new Rewriter(List.of(row), LeftAlone.parse(""));
        assertThat(rewriter.transform(null, row.type(), null, null, JdkClasses.bytes(row.type())))
                .isNull();
        assertThat(rewriter.missing()).containsExactly("java.util.concurrent.FutureTask[isDone]");
    }

    @Test
    void every_method_that_reads_a_clock_and_waits_is_rewritten_or_listed_as_real() throws IOException {
        List<String> types = new ArrayList<>(JdkClasses.in("java/util/concurrent"));
        types.addAll(JdkClasses.in("java/time"));
        types.addAll(List.of("java/lang/Thread", "java/lang/VirtualThread", "java/util/GregorianCalendar"));
        types.addAll(List.of("jdk/internal/misc/ThreadFlock", "sun/util/locale/provider/CalendarProviderImpl"));
        Set<String> forgotten = new TreeSet<>();
        for (String type : types) {
            for (String method : readersOfClocks(type)) {
                boolean rewritten = JdkTable.of(JDK).stream()
                        .anyMatch(row -> row.type().equals(type)
                                && !(row.change() instanceof Rewrite.Call)
                                && row.methods().stream()
                                        .anyMatch(listed -> name(listed).equals(method)));
                if (!rewritten && !JdkTable.REAL.contains(type + "." + method)) {
                    forgotten.add(type + "." + method);
                }
            }
        }
        assertThat(forgotten).isEmpty();
    }

    private static String name(String listed) {
        return listed.contains("(") ? listed.substring(0, listed.indexOf('(')) : listed;
    }

    private static Set<String> types(List<Rewrite> rows) {
        Set<String> types = new TreeSet<>();
        rows.forEach(row -> types.add(row.type()));
        return types;
    }

    private static Set<String> readersOfClocks(String type) throws IOException {
        Set<String> readers = new TreeSet<>();
        new ClassFile(JdkClasses.bytes(type))
                .reader()
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] exceptions) {
                                return new Reader(name, readers);
                            }
                        },
                        0);
        return readers;
    }

    private static final class Reader extends MethodVisitor {
        private final String method;
        private final Set<String> readers;

        Reader(String method, Set<String> readers) {
            super(Opcodes.ASM9);
            this.method = method;
            this.readers = readers;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (ClockRewriter.isClock(owner, name)) {
                readers.add(method);
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... args) {
            for (Object arg : args) {
                if (arg instanceof Handle handle && ClockRewriter.isClock(handle.getOwner(), handle.getName())) {
                    readers.add(method);
                }
            }
        }
    }
}
