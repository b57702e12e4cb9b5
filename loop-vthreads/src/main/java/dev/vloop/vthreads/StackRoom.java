package dev.vloop.vthreads;

/**
 * Makes sure that there is stack left before the engine begins what it must not leave half done. A body, or any other code of a user, may
 * recurse until its stack is full, and call the engine on its way: then the overflow is to come here, before anything has begun. It is not
 * to come between the counting of a fork and its start, while a lock is held, or in the JDK while it wakes or parks a virtual thread: a
 * thread that is woken half never runs again. So it is asked first by whatever a user calls that takes a lock, waits, or wakes, interrupts
 * or starts a thread.
 */
final class StackRoom {
    /** How deep it goes: its frames together are larger than those of any call that is protected by it. */
    private static final int DEPTH = 64;

    private StackRoom() {}

    /**
     * Returns if there is enough stack.
     *
     * @throws StackOverflowError if there is not
     */
    static void require() {
        if (descend(DEPTH, 1, 2, 4, 8, 16, 32) == 0) {
            throw new AssertionError("cannot be: it returns a sum of positive numbers");
        }
    }

    /** Its arguments are used after the call, so that they take room on the stack. */
    private static long descend(int depth, long a, long b, long c, long d, long e, long f) {
        if (depth == 0) {
            return a + b + c + d + e + f;
        }
        return descend(depth - 1, b, c, d, e, f, a) + (a ^ b ^ c ^ d ^ e ^ f);
    }
}
