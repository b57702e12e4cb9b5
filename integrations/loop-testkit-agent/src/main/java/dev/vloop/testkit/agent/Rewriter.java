package dev.vloop.testkit.agent;

import dev.vloop.testkit.agent.Rewrite.Call;
import dev.vloop.testkit.agent.Rewrite.Clock;
import dev.vloop.testkit.agent.Rewrite.PoolClock;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Rewrites what {@link JdkTable} lists, and reads of the clock in classes that are not the JDK's. Any thread. */
final class Rewriter implements ClassFileTransformer {
    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

    private final Map<String, List<Rewrite>> rows;
    private final LeftAlone leftAlone;

    /** Methods of the JDK that have been rewritten, each as a row and a method. */
    private final Set<String> done = ConcurrentHashMap.newKeySet();

    /** Why rewriting a class of the JDK has failed; null if it has not. */
    private volatile @Nullable Throwable failure;

    Rewriter(List<Rewrite> rows, LeftAlone leftAlone) {
        this.rows = rows.stream().collect(Collectors.groupingBy(Rewrite::type));
        this.leftAlone = leftAlone;
    }

    /** {@return whether a class may have to be rewritten} */
    boolean wants(String type, @Nullable ClassLoader loader) {
        if (loader == null) {
            return rows.containsKey(type);
        }
        return loader != PLATFORM && !leftAlone.contains(type);
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    /** {@return the rows, or methods of them, that have not been found in this JDK} */
    List<String> missing() {
        return rows.values().stream()
                .flatMap(List::stream)
                .filter(row -> !isDone(row))
                .map(Rewrite::toString)
                .sorted()
                .toList();
    }

    /** Of several methods that read a clock, one is enough: JDKs have moved that read from one method to another. */
    private boolean isDone(Rewrite row) {
        return row.change() instanceof Call
                ? row.methods().stream().allMatch(method -> done.contains(row + method))
                : done.contains(row.toString());
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String type,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (type == null || !wants(type, loader)) {
            return null;
        }
        try {
            ClassFile file = new ClassFile(bytes);
            if (loader == null) {
                return rewrite(file, new JdkClass(type, rows.getOrDefault(type, List.of())));
            }
            return file.mentions("nanoTime", "currentTimeMillis", "java/util/Date", "wait", "sendAsync", "onExit")
                    ? rewrite(file, new UserClass())
                    : null;
        } catch (Throwable e) {
            if (loader == null) {
                failure = e;
            }
            return null; // the class stays as it is, and keeps real time
        }
    }

    private static byte @Nullable [] rewrite(ClassFile file, Rewriting rewriting) {
        ClassReader reader = file.reader();
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        rewriting.into(writer);
        reader.accept(rewriting, 0);
        return rewriting.changed ? file.restored(writer.toByteArray()) : null;
    }

    /** One class that is rewritten. */
    private abstract static class Rewriting extends ClassVisitor {
        boolean changed;

        Rewriting() {
            super(Opcodes.ASM9);
        }

        void into(ClassVisitor next) {
            cv = next;
        }

        void changed() {
            changed = true;
        }

        @Override
        public final MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor code = super.visitMethod(access, name, descriptor, signature, exceptions);
            boolean hasCode = (access & (Opcodes.ACC_NATIVE | Opcodes.ACC_ABSTRACT)) == 0;
            return hasCode ? around(code, name, descriptor) : code;
        }

        abstract MethodVisitor around(MethodVisitor code, String name, String descriptor);
    }

    private static final class UserClass extends Rewriting {
        @Override
        MethodVisitor around(MethodVisitor code, String name, String descriptor) {
            return new ClockRewriter(new UserRewriter(code, this::changed), JdkTable.READ, this::changed);
        }
    }

    private final class JdkClass extends Rewriting {
        private final String type;
        private final List<Rewrite> wanted;

        JdkClass(String type, List<Rewrite> wanted) {
            this.type = type;
            this.wanted = wanted;
        }

        @Override
        MethodVisitor around(MethodVisitor code, String name, String descriptor) {
            MethodVisitor result = code;
            for (Rewrite row : wanted) {
                if (row.concerns(name, descriptor)) {
                    result = switch (row.change()) {
                        case Clock clock -> new ClockRewriter(result, clock, () -> done(row, ""));
                        case PoolClock clock -> new PoolClockRewriter(result, type, clock, () -> done(row, ""));
                        case Call call -> {
                            done(row, name + descriptor);
                            yield new MethodRewriter(result, type, call);
                        }
                    };
                }
            }
            return result;
        }

        private void done(Rewrite row, String method) {
            changed();
            done.add(row + method);
        }
    }
}
