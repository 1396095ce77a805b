/*
 * Bare riscv64 start of the differential tests: machine mode at 0x80000000 (-bios none), hart 0.
 * Owner: arch/aot.
 */
    .section .text.start, "ax"
    .globl _start
_start:
    csrr t0, mhartid
    bnez t0, 1f
    la sp, stack_top
    la t0, trap
    csrw mtvec, t0
    call rt_image_init
    li a0, 0
    call difftest_main
    li a0, 0
    call difftest_exit
1:  wfi
    j 1b

    .balign 4
trap:
    csrr a0, mepc
    la sp, stack_top
    call difftest_panic

    .section .bss
    .balign 16
    .space 65536
stack_top:
