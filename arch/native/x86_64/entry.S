/*
 * x86_64 start: PVH (32-bit, paging off) on the boot core, INIT-SIPI-SIPI on the others. Each core
 * begins at the image's place in RAM, on tables that map the first 4 GiB there and in the upper half,
 * and loads those of pages.c in norma_core_setup, which drops them.
 * Owner: arch/native/x86_64.
 */
#include "percpu.h"
#include "memory_map.h"

/* Where a symbol of the image is in RAM. */
#define AT(symbol) (symbol - NORMA_KERNEL_OFFSET)

    .section .note.pvh, "a", @note
    .long 4, 4, 18                  /* XEN_ELFNOTE_PHYS32_ENTRY */
    .asciz "Xen"
    .long AT(norma_start32)

    .section .text.start, "ax"
    .code32
    .globl norma_start32
norma_start32:                      /* ebx: start info */
    cli
    cld
    lgdt AT(norma_gdt_pointer)
    ljmp $0x28, $AT(1f)
1:  movl $0x10, %eax
    movl %eax, %ds
    movl %eax, %es
    movl %eax, %ss
    movl %ebx, AT(norma_start_info)
    movl $AT(2f), %ebx
    jmp norma_long_mode
    .code64
2:  movq $4f, %rax
    jmpq *%rax                      /* up */
4:  movq $norma_stacks + NORMA_KERNEL_STACK_STRIDE, %rsp
    xorl %ebp, %ebp
    call norma_boot_prepare         /* boot.c: descriptors, per-core areas, clock, tables */
    xorl %edi, %edi
    call norma_core_descriptors
    call rt_image_init
    movl norma_start_info, %edi
    movl $AT(__text_start), %esi
    movl $AT(__bss_end), %edx
    movl $NORMA_RAM, %ecx
    call norma_boot_info            /* norma.kernel.boot: which memory there is */
    call norma_fill_cores
    call norma_core_setup
    call norma_boot
    jmp norma_resume

    .code32
norma_long_mode:                    /* ebx: where to go in 64-bit mode */
    movl $AT(norma_pml4), %eax
    movl %eax, %cr3
    movl %cr4, %eax
    orl $0x20, %eax
    movl %eax, %cr4
    movl $0xC0000080, %ecx
    rdmsr
    orl $0x100, %eax
    wrmsr
    movl %cr0, %eax
    andl $~0x60000000, %eax         /* caches on */
    orl $0x80010001, %eax
    movl %eax, %cr0
    movl $AT(norma_far), %eax
    movl %ebx, (%eax)
    ljmpl *(%eax)

    .globl norma_trampoline, norma_trampoline_end
    .code16
norma_trampoline:                   /* copied to 0x8000 */
    cli
    xorw %ax, %ax
    movw %ax, %ds
    lgdtl 0x8000 + (norma_trampoline_gdt - norma_trampoline)
    movl %cr0, %eax
    orl $1, %eax
    movl %eax, %cr0
    ljmpl $0x28, $AT(norma_application_start)
    .balign 4
norma_trampoline_gdt:
    .word 0x37
    .long AT(norma_gdt)
norma_trampoline_end:
    .code32
norma_application_start:
    movl $0x10, %eax
    movl %eax, %ds
    movl %eax, %es
    movl %eax, %ss
    movl $AT(3f), %ebx
    jmp norma_long_mode
    .code64
3:  movq $5f, %rax
    jmpq *%rax                      /* up */
5:  movl norma_starting, %edi       /* index; cores are started one at a time */
    movq %rdi, %rax
    shlq $PERCPU_SHIFT, %rax
    movq norma_percpu + PERCPU_STACK(%rax), %rsp
    xorl %ebp, %ebp
    call norma_core_descriptors
    call norma_core_setup
    movq %gs:PERCPU_CORE, %rdi
    movl $0, norma_starting
    call norma_core_main
    jmp norma_resume

    .data
    .balign 16
    .globl norma_gdt, norma_gdt_pointer
norma_gdt:
    .quad 0
    .quad 0x00af9a000000ffff        /* 08 kernel code 64 */
    .quad 0x00cf92000000ffff        /* 10 kernel data */
    .quad 0x00cff2000000ffff        /* 18 user data */
    .quad 0x00affa000000ffff        /* 20 user code 64 */
    .quad 0x00cf9a000000ffff        /* 28 kernel code 32 */
    .quad 0
    .space LIMITS_CORES * 16         /* 38.. task state segments, one per core */
norma_gdt_pointer:
    .word norma_gdt_pointer - norma_gdt - 1
    .quad AT(norma_gdt)
norma_far:                          /* where to go in 64-bit mode; one core at a time */
    .long 0
    .word 0x08
    .balign 4
norma_start_info:
    .long 0
    .globl norma_starting
norma_starting:
    .long 0
    .balign 4096
norma_pml4:
    .quad AT(norma_pdpt) + 3
    .fill 255, 8, 0
    .quad AT(norma_pdpt) + 3        /* NORMA_DIRECT */
    .fill 127, 8, 0
    .quad AT(norma_pdpt) + 3        /* NORMA_DEVICES */
    .fill 126, 8, 0
    .quad AT(norma_pdpt_image) + 3
norma_pdpt:
    .quad AT(norma_pd) + 3, AT(norma_pd) + 4096 + 3, AT(norma_pd) + 8192 + 3, AT(norma_pd) + 12288 + 3
    .fill 508, 8, 0
norma_pdpt_image:
    .fill 510, 8, 0
    .quad AT(norma_pd) + 3          /* NORMA_KERNEL_OFFSET */
    .quad 0
norma_pd:
    .set i, 0
    .rept 2048
    .quad (i << 21) + 0x83
    .set i, i + 1
    .endr

    .section .bss
    .balign 4096
    .globl norma_stacks, norma_stacks_end, norma_user_stacks
norma_stacks:
    .space LIMITS_CORES * NORMA_KERNEL_STACK_STRIDE
norma_stacks_end:
norma_user_stacks:
    .space LIMITS_THREADS * NORMA_USER_STACK
