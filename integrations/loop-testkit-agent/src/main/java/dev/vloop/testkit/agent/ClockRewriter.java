package dev.vloop.testkit.agent;

import dev.vloop.testkit.agent.Rewrite.Clock;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Replaces calls of methods that read the clock, and references to such methods. */
final class ClockRewriter extends MethodVisitor {
    private static final String SYSTEM = "java/lang/System";

    private final Clock clock;

    /** Is told of each replacement. */
    private final Runnable replaced;

    ClockRewriter(MethodVisitor next, Clock clock, Runnable replaced) {
        super(Opcodes.ASM9, next);
        this.clock = clock;
        this.replaced = replaced;
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        if (isClock(owner, name)) {
            replaced.run();
            super.visitMethodInsn(opcode, clock.hooks(), hook(name), descriptor, false);
        } else {
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i] instanceof Handle handle && isClock(handle.getOwner(), handle.getName())) {
                replaced.run();
                args[i] = new Handle(handle.getTag(), clock.hooks(), hook(handle.getName()), handle.getDesc(), false);
            }
        }
        super.visitInvokeDynamicInsn(name, descriptor, bootstrap, args);
    }

    static boolean isClock(String owner, String name) {
        return owner.equals(SYSTEM) && (name.equals("nanoTime") || name.equals("currentTimeMillis"));
    }

    private String hook(String name) {
        return name.equals("nanoTime") ? clock.nanos() : clock.millis();
    }
}
