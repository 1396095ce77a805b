/*
 * riscv64 traps. From user mode: sscratch holds the core's per-core area; registers go to the current
 * frame, the kernel runs on the core's stack with tp = per-core area and sscratch = 0, and returns
 * the frame to resume. From the kernel: a broken invariant; no interrupt is ever taken there.
 * Owner: arch/native/riscv64. Frame layout: norma.kernel.thread.Frame (offsets.h).
 */
#include "percpu.h"

    .section .text
    .balign 4
    .globl norma_trap_vector
norma_trap_vector:
    csrrw tp, sscratch, tp
    beqz tp, norma_trap_in_kernel
    sd t0, PERCPU_SCRATCH(tp)
    ld t0, PERCPU_FRAME(tp)
    sd a7, FRAME_NUMBER(t0)
    sd a0, FRAME_ARGUMENT0(t0)
    sd a1, FRAME_ARGUMENT1(t0)
    sd a2, FRAME_ARGUMENT2(t0)
    sd a3, FRAME_ARGUMENT3(t0)
    sd sp, FRAME_SP(t0)
    sd ra, FRAME_R0(t0)
    sd gp, FRAME_R1(t0)
    csrrw a0, sscratch, zero
    sd a0, FRAME_R2(t0)             /* user's tp */
    ld a0, PERCPU_SCRATCH(tp)
    sd a0, FRAME_R3(t0)             /* user's t0 */
    sd t1, FRAME_R4(t0)
    sd t2, FRAME_R5(t0)
    sd t3, FRAME_R6(t0)
    sd t4, FRAME_R7(t0)
    sd t5, FRAME_R8(t0)
    sd t6, FRAME_R9(t0)
    sd s0, FRAME_R10(t0)
    sd s1, FRAME_R11(t0)
    sd s2, FRAME_R12(t0)
    sd s3, FRAME_R13(t0)
    sd s4, FRAME_R14(t0)
    sd s5, FRAME_R15(t0)
    sd s6, FRAME_R16(t0)
    sd s7, FRAME_R17(t0)
    sd s8, FRAME_R18(t0)
    sd s9, FRAME_R19(t0)
    sd s10, FRAME_R20(t0)
    sd s11, FRAME_R21(t0)
    sd a4, FRAME_R22(t0)
    sd a5, FRAME_R23(t0)
    sd a6, FRAME_R24(t0)
    csrr a2, sepc
    csrr a1, scause
    csrr a3, sstatus
    sd a3, FRAME_STATUS(t0)
    ld sp, PERCPU_STACK(tp)
    ld a0, PERCPU_CORE(tp)
    bltz a1, 2f
    li a3, 8                        /* ecall from U-mode */
    bne a1, a3, 1f
    addi a3, a2, 4
    sd a3, FRAME_PC(t0)
    li a1, 1
    sd a1, FRAME_IN_CALL(t0)
    li a1, CAUSE_SYSTEM_CALL
    call norma_trap
    j norma_resume
1:  sd a2, FRAME_PC(t0)
    addi a1, a1, CAUSE_FAULT
    call norma_trap
    j norma_resume
2:  sd a2, FRAME_PC(t0)
    andi a1, a1, 15
    li a3, 5
    beq a1, a3, 3f
    li a3, 2                        /* software interrupt: take it down, norma_trap looks at the word */
    csrc sip, a3
    li a1, CAUSE_IPI
    call norma_trap
    j norma_resume
3:  li a3, -1
    sd a3, PERCPU_ARMED(tp)
    csrw 0x14d, a3
    li a1, CAUSE_TIMER
    call norma_trap

    .globl norma_resume
norma_resume:                       /* a0: frame */
    sd a0, PERCPU_FRAME(tp)
    mv t0, a0
    ld a1, FRAME_IN_CALL(t0)
    beqz a1, 1f
    ld a1, FRAME_RESULT(t0)
    sd a1, FRAME_ARGUMENT0(t0)
    ld a1, FRAME_WORD(t0)
    sd a1, FRAME_ARGUMENT1(t0)
    sd zero, FRAME_IN_CALL(t0)
1:  ld a1, FRAME_PC(t0)
    csrw sepc, a1
    ld a1, FRAME_STATUS(t0)
    csrw sstatus, a1
    csrw sscratch, tp
    ld a7, FRAME_NUMBER(t0)
    ld a0, FRAME_ARGUMENT0(t0)
    ld a1, FRAME_ARGUMENT1(t0)
    ld a2, FRAME_ARGUMENT2(t0)
    ld a3, FRAME_ARGUMENT3(t0)
    ld sp, FRAME_SP(t0)
    ld ra, FRAME_R0(t0)
    ld gp, FRAME_R1(t0)
    ld tp, FRAME_R2(t0)
    ld t1, FRAME_R4(t0)
    ld t2, FRAME_R5(t0)
    ld t3, FRAME_R6(t0)
    ld t4, FRAME_R7(t0)
    ld t5, FRAME_R8(t0)
    ld t6, FRAME_R9(t0)
    ld s0, FRAME_R10(t0)
    ld s1, FRAME_R11(t0)
    ld s2, FRAME_R12(t0)
    ld s3, FRAME_R13(t0)
    ld s4, FRAME_R14(t0)
    ld s5, FRAME_R15(t0)
    ld s6, FRAME_R16(t0)
    ld s7, FRAME_R17(t0)
    ld s8, FRAME_R18(t0)
    ld s9, FRAME_R19(t0)
    ld s10, FRAME_R20(t0)
    ld s11, FRAME_R21(t0)
    ld a4, FRAME_R22(t0)
    ld a5, FRAME_R23(t0)
    ld a6, FRAME_R24(t0)
    ld t0, FRAME_R3(t0)
    sret

norma_trap_in_kernel:
    csrrw tp, sscratch, zero        /* the per-core area again */
    ld a0, PERCPU_INDEX(tp)
    csrr a1, scause
    csrr a2, sepc
    csrr a3, stval
    ld sp, PERCPU_STACK(tp)
    call norma_kernel_trap
1:  wfi
    j 1b
