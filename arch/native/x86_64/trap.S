/*
 * x86_64 traps. From user mode: the processor has switched to the core's kernel stack (task state
 * segment); registers go to the current frame and the kernel returns the frame to resume. From the
 * kernel: an interrupt inside norma_wait_for_interrupt leaves a flag; anything else is a broken
 * invariant. System calls are `int $0x80`.
 * Owner: arch/native/x86_64. Frame layout: norma.kernel.thread.Frame (offsets.h).
 */
#include "percpu.h"
#include "memory_map.h"

/* The local APIC's end of interrupt. */
#define END_OF_INTERRUPT (NORMA_DEVICES + 0xFEE000B0)

    .section .text
    .globl norma_vectors
norma_vectors:                      /* 256 stubs of 16 bytes: uniform stack: vector, error code */
    .set vector, 0
    .rept 256
    .balign 16
    .if (vector == 8) || (vector >= 10 && vector <= 14) || (vector == 17) || (vector == 21) || (vector == 29) || (vector == 30)
    .else
    pushq $0
    .endif
    pushq $vector
    jmp norma_trap_common
    .set vector, vector + 1
    .endr

    .balign 16
norma_trap_common:                  /* 0 vector, 8 error, 16 rip, 24 cs, 32 rflags, 40 rsp, 48 ss */
    testb $3, 24(%rsp)
    jz norma_trap_in_kernel
    clac                            /* an interrupt gate leaves it as user mode set it */
    swapgs
    movq %rax, %gs:PERCPU_SCRATCH
    movq %gs:PERCPU_FRAME, %rax
    movq %rdi, FRAME_ARGUMENT0(%rax)
    movq %rsi, FRAME_ARGUMENT1(%rax)
    movq %rdx, FRAME_ARGUMENT2(%rax)
    movq %r10, FRAME_ARGUMENT3(%rax)
    movq %rbx, FRAME_R0(%rax)
    movq %rcx, FRAME_R1(%rax)
    movq %rbp, FRAME_R2(%rax)
    movq %r8, FRAME_R3(%rax)
    movq %r9, FRAME_R4(%rax)
    movq %r11, FRAME_R5(%rax)
    movq %r12, FRAME_R6(%rax)
    movq %r13, FRAME_R7(%rax)
    movq %r14, FRAME_R8(%rax)
    movq %r15, FRAME_R9(%rax)
    movq %gs:PERCPU_SCRATCH, %rcx
    movq %rcx, FRAME_NUMBER(%rax)
    movq 16(%rsp), %rdx             /* third argument: pc */
    movq %rdx, FRAME_PC(%rax)
    movq 32(%rsp), %rcx
    movq %rcx, FRAME_STATUS(%rax)
    movq 40(%rsp), %rcx
    movq %rcx, FRAME_SP(%rax)
    movq (%rsp), %rsi
    movq %gs:PERCPU_STACK, %rsp
    xorl %ebp, %ebp
    movq %gs:PERCPU_CORE, %rdi
    cmpl $0x80, %esi
    jne 1f
    movq $1, FRAME_IN_CALL(%rax)
    movl $CAUSE_SYSTEM_CALL, %esi
    jmp 4f
1:  cmpl $0x41, %esi
    jne 2f
    movl $CAUSE_TIMER, %esi
    jmp 3f
2:  cmpl $0x40, %esi
    jne 5f
    movl $CAUSE_IPI, %esi
3:  movabsq $END_OF_INTERRUPT, %rcx
    movl $0, (%rcx)
4:  cld
    call norma_trap
    jmp norma_resume
5:  movq -48(%rsp), %rcx            /* the error code still lies where the processor pushed it */
    movq %rcx, %gs:PERCPU_SCRATCH
    addl $CAUSE_FAULT, %esi
    jmp 4b

    .globl norma_resume
norma_resume:                       /* rax: frame */
    movq %rax, %gs:PERCPU_FRAME
    cmpq $0, FRAME_IN_CALL(%rax)
    je 1f
    movq FRAME_RESULT(%rax), %rcx
    movq %rcx, FRAME_NUMBER(%rax)
    movq FRAME_WORD(%rax), %rcx
    movq %rcx, FRAME_ARGUMENT2(%rax)
    movq $0, FRAME_IN_CALL(%rax)
1:  movq %gs:PERCPU_STACK, %rsp
    pushq $0x1b
    pushq FRAME_SP(%rax)
    pushq FRAME_STATUS(%rax)
    pushq $0x23
    pushq FRAME_PC(%rax)
    movq FRAME_ARGUMENT0(%rax), %rdi
    movq FRAME_ARGUMENT1(%rax), %rsi
    movq FRAME_ARGUMENT2(%rax), %rdx
    movq FRAME_ARGUMENT3(%rax), %r10
    movq FRAME_R0(%rax), %rbx
    movq FRAME_R1(%rax), %rcx
    movq FRAME_R2(%rax), %rbp
    movq FRAME_R3(%rax), %r8
    movq FRAME_R4(%rax), %r9
    movq FRAME_R5(%rax), %r11
    movq FRAME_R6(%rax), %r12
    movq FRAME_R7(%rax), %r13
    movq FRAME_R8(%rax), %r14
    movq FRAME_R9(%rax), %r15
    movq FRAME_NUMBER(%rax), %rax
    swapgs
    iretq

norma_trap_in_kernel:
    cmpq $0x41, (%rsp)
    jne 1f
    orq $(1 << CAUSE_TIMER), %gs:PERCPU_ARMED   /* pending */
    jmp 2f
1:  cmpq $0x40, (%rsp)
    jne 3f
    orq $(1 << CAUSE_IPI), %gs:PERCPU_ARMED
2:  pushq %rax
    movabsq $END_OF_INTERRUPT, %rax
    movl $0, (%rax)
    popq %rax
    addq $16, %rsp
    iretq
3:  cmpq $0xff, (%rsp)              /* spurious: no end of interrupt */
    jne 4f
    addq $16, %rsp
    iretq
4:  movq %gs:PERCPU_INDEX, %rdi
    movq (%rsp), %rsi
    movq 16(%rsp), %rdx
    movq %cr2, %rcx
    andq $~15, %rsp
    call norma_kernel_trap
5:  hlt
    jmp 5b
