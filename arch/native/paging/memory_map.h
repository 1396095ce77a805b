/*
 * Which addresses are for what. The lower half is user mode's alone, the upper half the kernel's:
 *
 *   below 6 GiB                            program, stacks and shared block: the same for every thread
 *   from 6 GiB      ADDRESSES_PROGRAMS     the archive of programs: the same, and readable
 *   0x0000008000000000  NORMA_USER_WINDOW  what an address space has for itself: LIMITS_PAGES pages; in
 *                                          the kernel's tables nothing is there (spaces.c)
 *   0xffff800000000000  NORMA_DIRECT       RAM, each byte at its physical address from here
 *   0xffffc00000000000  NORMA_DEVICES      device registers, likewise
 *   the end             the image, at NORMA_KERNEL_OFFSET from where it is in RAM (link.ld)
 *
 * Invariant: no two of these meet: RAM and devices are below 64 TiB, the image in the last 512 GiB;
 * the window has an entry of the top level to itself. User mode's addresses are below 2^47.
 * Owner: arch/native. Sources: Intel SDM vol. 1, 3.3.7.1 (canonical addresses); RISC-V privileged
 * architecture, Sv48.
 */
#pragma once
#include "offsets.h"
#define NORMA_PAGE 4096ul
#define NORMA_DIRECT 0xffff800000000000ul
#define NORMA_DEVICES 0xffffc00000000000ul
#if defined(__riscv)
/* Its last 39 bits are 0, so that one entry of the boot tables maps the image. */
#define NORMA_KERNEL_OFFSET 0xffffff8000000000ul
#define NORMA_KERNEL_AT 0xffffff8080200000ul
/* Where RAM begins that the host counts from. */
#define NORMA_RAM 0x80000000ul
/* The boot tables reach so far. */
#define NORMA_REACH 0x8000000000ul
#else
/* In the last 2 GiB, where addresses are 32 bits with their sign. */
#define NORMA_KERNEL_OFFSET 0xffffffff80000000ul
#define NORMA_KERNEL_AT 0xffffffff80200000ul
#define NORMA_RAM 0ul
#define NORMA_REACH 0x100000000ul
#endif
/* The block shared with the host, without the recorder's rings. */
#define NORMA_USER_SHARED 0x100000000ul
#define NORMA_USER_SHARED_BYTES 0x80000000ul
/* A stack a thread slot, each above a page that is not mapped. */
#define NORMA_USER_STACK 4096ul
#define NORMA_USER_STACKS 0x7e000000ul
#define NORMA_USER_STACK_STRIDE 8192ul
/* Page p of an address space is at 4096 * p from here. */
#define NORMA_USER_WINDOW 0x8000000000ul
/* The program, norma.user: user.ld links it for 0x7f010000. */
