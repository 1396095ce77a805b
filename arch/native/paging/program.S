/*
 * Where user mode's program is: words, because its addresses are too far from the kernel's code for
 * an instruction to name. Owner: arch/native; layout: struct norma_part (pages.h).
 */
    .section .rodata
    .balign 8
    .globl norma_program, norma_program_entry
norma_program:                      /* from, to, where it is in RAM: code, constants, data */
    .quad __user_text_start, __user_text_end, __user_text_at
    .quad __user_rodata_start, __user_rodata_end, __user_rodata_at
    .quad __user_data_start, __user_data_end, __user_data_at
norma_program_entry:
    .quad norma_user_main
