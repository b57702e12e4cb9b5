package dev.vloop.testkit.agent;

import dev.vloop.testkit.agent.Rewrite.PoolClock;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Makes the code of a pool read the pool's clock. */
final class PoolClockRewriter extends MethodVisitor {
    private final String type;
    private final PoolClock clock;

    /** Is told of each replacement. */
    private final Runnable replaced;

    PoolClockRewriter(MethodVisitor next, String type, PoolClock clock, Runnable replaced) {
        super(Opcodes.ASM9, next);
        this.type = type;
        this.clock = clock;
        this.replaced = replaced;
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        if (ClockRewriter.isClock(owner, name)) {
            replaced.run();
            MethodRewriter.load(mv, type, clock.pool());
            super.visitMethodInsn(
                    Opcodes.INVOKESTATIC,
                    Rows.BOOT + "Pools",
                    "nanoTime",
                    "(Ljava/util/concurrent/ThreadPoolExecutor;)J",
                    false);
        } else {
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }
    }
}
