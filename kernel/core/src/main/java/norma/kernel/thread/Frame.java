// Contract: a user thread's registers while it does not run. Owner: trap.S saves and restores;
// the kernel reads arguments and writes results of the thread it owns.
package norma.kernel.thread;

import norma.kernel.hal.Cpu;
import norma.quals.AsmLayout;
import norma.quals.NoAlloc;

/**
 * Saved registers, in an order that is the same on every architecture: the system call's number and
 * arguments first. {@code arch/native/<arch>/trap.S} maps them: riscv64 number a7, arguments
 * a0..a3, results a0 a1; x86_64 number rax, arguments rdi rsi rdx r10, results rax rdx.
 */
@AsmLayout("FRAME")
@NoAlloc
public final class Frame {
    long number;
    long argument0;
    long argument1;
    long argument2;
    long argument3;
    long pc;
    long sp;
    long status;
    long r0;
    long r1;
    long r2;
    long r3;
    long r4;
    long r5;
    long r6;
    long r7;
    long r8;
    long r9;
    long r10;
    long r11;
    long r12;
    long r13;
    long r14;
    long r15;
    long r16;
    long r17;
    long r18;
    long r19;
    long r20;
    long r21;
    long r22;
    long r23;
    long r24;

    /** Result words, delivered to the user's result registers by trap.S. */
    long result;

    long word;

    /** Non-zero: the thread is in a system call, and result and word go to its registers. */
    long inCall;

    /** Slot of the thread that owns the frame. */
    public final int slot;

    Frame(int slot) {
        this.slot = slot;
    }

    /** System call number. */
    public long number() {
        return number;
    }

    /** First argument. */
    public long argument0() {
        return argument0;
    }

    /** Second argument. */
    public long argument1() {
        return argument1;
    }

    /** Third argument. */
    public long argument2() {
        return argument2;
    }

    /** Fourth argument. */
    public long argument3() {
        return argument3;
    }

    /** Where the thread will continue. */
    public long pc() {
        return pc;
    }

    /** Sets what the system call returns. */
    public void result(long packed, long message) {
        result = packed;
        word = message;
    }

    /** The result to return, for machines that have no registers (the simulated one). */
    public long result() {
        return result;
    }

    /** The message word to return. */
    public long word() {
        return word;
    }

    /**
     * The thread executes the same instruction again: it has no result, and nothing to read one.
     */
    public void again() {
        if (inCall != 0) {
            inCall = 0;
            pc -= Cpu.callBytes();
        }
    }

    /** Is the thread in a system call? */
    public boolean inCall() {
        return inCall != 0;
    }

    /** The thread has its result, as trap.S gives it (the simulated machine's side). */
    public void returned() {
        inCall = 0;
    }

    /** A system call begins, as trap.S stores it (the simulated machine's side). */
    public void call(long nr, long a0, long a1, long a2, long a3) {
        inCall = 1;
        number = nr;
        argument0 = a0;
        argument1 = a1;
        argument2 = a2;
        argument3 = a3;
    }

    /**
     * Starts afresh, in no call, at {@code entry} with the given stack, status and first two
     * arguments.
     */
    void start(long entry, long stack, long initialStatus, long a0, long a1) {
        pc = entry;
        sp = stack;
        status = initialStatus;
        argument0 = a0;
        argument1 = a1;
        number = 0;
        inCall = 0;
    }
}
