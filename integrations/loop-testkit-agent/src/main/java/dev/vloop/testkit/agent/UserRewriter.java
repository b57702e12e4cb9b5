package dev.vloop.testkit.agent;

import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Rewrites classes that are not the JDK's, in addition to their reads of the clock. */
final class UserRewriter extends MethodVisitor {
    /** Before JDK 24 a timed wait keeps the carrier. */
    private static final boolean WAITS_PIN = Runtime.version().feature() < 24;

    /** Is told of each replacement. */
    private final Runnable replaced;

    UserRewriter(MethodVisitor next, Runnable replaced) {
        super(Opcodes.ASM9, next);
        this.replaced = replaced;
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        if (makesDate(opcode, owner, name, descriptor)) {
            replaced.run(); // java.util.Date itself stays as it is: the JDK checks certificates with it
            super.visitMethodInsn(Opcodes.INVOKESTATIC, JdkTable.READ.hooks(), JdkTable.READ.millis(), "()J", false);
            super.visitMethodInsn(opcode, owner, name, "(J)V", false);
        } else if (WAITS_PIN && opcode == Opcodes.INVOKEVIRTUAL && name.equals("wait") && descriptor.equals("(J)V")) {
            replaced.run();
            super.visitMethodInsn(Opcodes.INVOKESTATIC, Rows.BOOT + "Waits", "waitOn", "(Ljava/lang/Object;J)V", false);
        } else {
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            if (completesOutside(owner, name, descriptor)) {
                replaced.run();
                super.visitInsn(Opcodes.DUP);
                super.visitMethodInsn(
                        Opcodes.INVOKESTATIC,
                        Rows.BOOT + "Outside",
                        "completes",
                        "(Ljava/util/concurrent/CompletableFuture;)V",
                        false);
            }
        }
    }

    /** A reference to {@code Date::new}. */
    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i] instanceof Handle handle
                    && makesDate(Opcodes.INVOKESPECIAL, handle.getOwner(), handle.getName(), handle.getDesc())) {
                replaced.run();
                args[i] =
                        new Handle(Opcodes.H_INVOKESTATIC, JdkTable.READ.hooks(), "date", "()Ljava/util/Date;", false);
            }
        }
        super.visitInvokeDynamicInsn(name, descriptor, bootstrap, args);
    }

    /** {@return whether the JDK completes the future that a method returns, on a thread of its own} */
    private static boolean completesOutside(String owner, String name, String descriptor) {
        return descriptor.endsWith(")Ljava/util/concurrent/CompletableFuture;")
                && switch (owner) {
                    case "java/net/http/HttpClient" -> name.equals("sendAsync");
                    case "java/lang/Process", "java/lang/ProcessHandle" -> name.equals("onExit");
                    default -> false;
                };
    }

    private static boolean makesDate(int opcode, String owner, String name, String descriptor) {
        return opcode == Opcodes.INVOKESPECIAL
                && owner.equals("java/util/Date")
                && name.equals("<init>")
                && descriptor.equals("()V");
    }
}
