/*
 * Where user mode's memory is: addresses that the kernel maps and user mode is linked for. The kernel
 * itself is mapped where it is in RAM, for itself alone.
 * Invariant: the last 32 MiB below 2 GiB, and what is above 4 GiB, hold nothing that the kernel uses.
 * Owner: arch/native.
 */
#pragma once
#include "offsets.h"
#define NORMA_PAGE 4096ul
/* The block shared with the host, without the recorder's rings. */
#define NORMA_USER_SHARED 0x100000000ul
#define NORMA_USER_SHARED_BYTES 0x80000000ul
/* A stack a thread slot, each above a page that is not mapped. */
#define NORMA_USER_STACK 4096ul
#define NORMA_USER_STACKS 0x7e000000ul
#define NORMA_USER_STACK_STRIDE 8192ul
/* The program, norma.user: user.ld links it for 0x7f010000. */
