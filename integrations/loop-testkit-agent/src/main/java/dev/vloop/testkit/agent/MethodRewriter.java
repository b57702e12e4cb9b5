package dev.vloop.testkit.agent;

import dev.vloop.testkit.agent.Rewrite.Arg;
import dev.vloop.testkit.agent.Rewrite.Call;
import dev.vloop.testkit.agent.Rewrite.Field;
import dev.vloop.testkit.agent.Rewrite.Local;
import dev.vloop.testkit.agent.Rewrite.When;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Makes a method of the JDK call a hook. */
final class MethodRewriter extends MethodVisitor {
    private final String type;
    private final Call call;

    MethodRewriter(MethodVisitor next, String type, Call call) {
        super(Opcodes.ASM9, next);
        this.type = type;
        this.call = call;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        if (call.when() == When.AFTER) {
            return;
        }
        callHook();
        if (call.when() == When.UNLESS) {
            returnIfTrue();
        } else if (call.when() == When.INSTEAD) {
            returnIfPresent();
        }
    }

    @Override
    public void visitInsn(int opcode) {
        if (call.when() == When.AFTER && opcode == Opcodes.RETURN) {
            callHook();
        }
        super.visitInsn(opcode);
    }

    private void callHook() {
        call.args().forEach(arg -> load(mv, type, arg));
        super.visitMethodInsn(Opcodes.INVOKESTATIC, call.hooks(), call.hook(), call.descriptor(), false);
    }

    private void returnIfTrue() {
        Label goOn = new Label();
        super.visitJumpInsn(Opcodes.IFEQ, goOn);
        super.visitInsn(Opcodes.RETURN);
        super.visitLabel(goOn);
        super.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        super.visitInsn(Opcodes.NOP); // the method's own code may begin with a frame, and two at one place are refused
    }

    private void returnIfPresent() {
        Label goOn = new Label();
        super.visitInsn(Opcodes.DUP);
        super.visitJumpInsn(Opcodes.IFNULL, goOn);
        super.visitInsn(Opcodes.ARETURN);
        super.visitLabel(goOn);
        String result = Type.getReturnType(call.descriptor()).getInternalName();
        super.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {result});
        super.visitInsn(Opcodes.POP);
    }

    /** Puts a value on the stack. */
    static void load(MethodVisitor code, String type, Arg arg) {
        switch (arg) {
            case Local local -> code.visitVarInsn(Type.getType(local.type()).getOpcode(Opcodes.ILOAD), local.slot());
            case Field field -> {
                code.visitVarInsn(Opcodes.ALOAD, 0);
                code.visitFieldInsn(Opcodes.GETFIELD, type, field.name(), field.type());
            }
        }
    }
}
