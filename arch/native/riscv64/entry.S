/*
 * riscv64 start: OpenSBI enters the boot hart at _start in S-mode (a0 hart, a1 device tree), other
 * cores come through norma_core_start (a1 = their per-core area). Both come with paging off, at the
 * image's place in RAM, and go up to where it is linked by tables that norma_core_setup drops.
 * Core 0 is the boot hart, whichever it is; the rest follow in hart order.
 * Owner: arch/native/riscv64.
 */
#include "percpu.h"
#include "memory_map.h"

    .section .text.start, "ax"
    .globl _start
_start:
    la t0, norma_boot_taken
    li t1, 1
    amoswap.w.aqrl t1, t1, (t0)
    bnez t1, norma_early_start
    la t0, __bss_start
    la t1, __bss_end
1:  bgeu t0, t1, 2f
    sd zero, 0(t0)
    addi t0, t0, 8
    j 1b
2:  call norma_go_up
    la tp, norma_percpu
    la sp, norma_stacks + NORMA_KERNEL_STACK_STRIDE
    la t0, norma_trap_vector        /* for panics */
    csrw stvec, t0
    csrw sscratch, zero
    mv s0, a0
    mv s1, a1
    call norma_boot_prepare         /* boot.c: per-core areas, tables */
    call rt_image_init
    li t0, NORMA_KERNEL_OFFSET
    mv a0, s1
    la a1, __text_start
    sub a1, a1, t0
    la a2, __bss_end
    sub a2, a2, t0
    li a3, NORMA_RAM
    call norma_boot_tree            /* norma.kernel.boot: which memory there is */
    mv a0, s0
    mv a1, s1
    call norma_boot_cores           /* harts, time base */
    call norma_fill_cores
    call norma_core_setup
    call norma_boot
    j norma_resume

/*
 * OpenSBI before 1.3 may send a hart that is being started to the boot address: it publishes "start
 * pending" before the address to start at. Such a hart finds its own per-core area; it is complete,
 * since the boot hart has filled all of them before it starts any.
 */
norma_early_start:                  /* a0 hart */
    fence
    call norma_go_up
    la a1, norma_percpu + (1 << PERCPU_SHIFT)
    li t0, LIMITS_CORES - 1
1:  ld t1, PERCPU_HART(a1)
    beq t1, a0, norma_core_begin
    addi a1, a1, 1 << PERCPU_SHIFT
    addi t0, t0, -1
    bnez t0, 1b
2:  wfi
    j 2b

    .globl norma_core_start
norma_core_start:                   /* a0 hart, a1 per-core area */
    call norma_go_up
norma_core_begin:
    mv tp, a1
    ld sp, PERCPU_STACK(tp)
    call norma_core_setup
    ld a0, PERCPU_CORE(tp)
    call norma_core_main
    j norma_resume

/*
 * Turns paging on and returns to the caller's upper address. The instruction behind csrw is fetched
 * through the tables already: they have the image at both places.
 */
norma_go_up:
    la t0, norma_boot_root
    srli t0, t0, 12
    li t1, 9 << 60
    or t0, t0, t1
    sfence.vma
    csrw satp, t0
    sfence.vma
    li t0, NORMA_KERNEL_OFFSET
    add ra, ra, t0
    ret

norma_core_setup:
    la t0, norma_trap_vector
    csrw stvec, t0
    csrw sscratch, zero
    li t0, -1
    sd t0, PERCPU_ARMED(tp)
    csrw 0x14d, t0                  /* stimecmp: never */
    li t0, 0x22                     /* timer and software interrupts; masked in the kernel */
    csrw sie, t0
    li t0, 2
    csrc sstatus, t0
    csrc sip, t0
    la t0, norma_page_root          /* the lower half is user mode's; user mode's pages are not the kernel's: SUM is off */
    li t1, NORMA_KERNEL_OFFSET
    sub t0, t0, t1
    srli t0, t0, 12
    li t1, 9 << 60                  /* Sv48 */
    or t0, t0, t1
    li t1, 1 << 18
    csrc sstatus, t1
    csrw satp, t0
    sfence.vma
    ret

    .section .data
    .balign 8
norma_boot_taken:                   /* 1 once a hart has begun to boot; not in .bss, which it clears */
    .dword 0

/* The first 512 GiB at their own addresses, and at those of RAM, devices and image: pages of 512 GiB,
 * valid, readable, writable, accessed, dirty, those with the image executable. */
    .section .rodata
    .balign 4096
norma_boot_root:
    .dword 0xcf
    .zero 8 * 255
    .dword 0xc7                     /* NORMA_DIRECT */
    .zero 8 * 127
    .dword 0xc7                     /* NORMA_DEVICES */
    .zero 8 * 126
    .dword 0xcf                     /* NORMA_KERNEL_OFFSET */

    .section .bss
    .balign 4096
    .globl norma_stacks, norma_stacks_end, norma_user_stacks
norma_stacks:
    .space LIMITS_CORES * NORMA_KERNEL_STACK_STRIDE
norma_stacks_end:
norma_user_stacks:
    .space LIMITS_THREADS * NORMA_USER_STACK
