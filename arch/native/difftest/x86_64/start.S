/*
 * Bare x86_64 start of the differential tests: PVH entry, 1 GiB identity map, one core.
 * Owner: arch/aot.
 */
    .section .note.pvh, "a", @note
    .long 4, 4, 18
    .asciz "Xen"
    .long _start32

    .section .text.start, "ax"
    .code32
    .globl _start32
_start32:
    cli
    cld
    movl $pml4, %eax
    movl %eax, %cr3
    movl %cr4, %eax
    orl $0x20, %eax             /* PAE */
    movl %eax, %cr4
    movl $0xC0000080, %ecx      /* EFER */
    rdmsr
    orl $0x100, %eax            /* long mode */
    wrmsr
    movl %cr0, %eax
    orl $0x80000001, %eax       /* paging, protection */
    movl %eax, %cr0
    lgdt gdtr
    ljmp $8, $1f
    .code64
1:  movl $0x10, %eax
    movl %eax, %ds
    movl %eax, %es
    movl %eax, %ss
    movq $stack_top, %rsp
    movq $trap, %rax            /* invalid opcode: vector 6 */
    movw %ax, idt + 6 * 16
    shrq $16, %rax
    movw %ax, idt + 6 * 16 + 6
    lidt idtr
    call rt_image_init
    xorl %edi, %edi
    call difftest_main
    xorl %edi, %edi
    call difftest_exit

trap:
    movq (%rsp), %rdi           /* an invalid opcode pushes no error code: the pc is on top */
    movq $stack_top, %rsp
    call difftest_panic

    .data
    .balign 16
gdt:
    .quad 0, 0x00af9a000000ffff, 0x00cf92000000ffff
gdtr:
    .word 23
    .long gdt
    .balign 16
idt:
    .fill 6 * 16, 1, 0
    .word 0, 8, 0x8e00, 0, 0, 0, 0, 0
idtr:
    .word 7 * 16 - 1
    .quad idt
    .balign 4096
pml4:
    .quad pdpt + 3
    .fill 511, 8, 0
pdpt:
    .quad 0x83
    .fill 511, 8, 0

    .section .bss
    .balign 16
    .space 65536
stack_top:
