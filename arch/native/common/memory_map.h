/*
 * Where user mode's memory is: addresses that the kernel maps and user mode is linked for. The kernel
 * itself is mapped where it is in RAM, for itself alone.
 * Invariant: from 1 GiB to 2 GiB neither machine has anything that the kernel uses.
 * Owner: arch/native.
 */
#pragma once
#include "offsets.h"
#define NORMA_PAGE 4096ul
/* The program: norma.user, linked here by link.ld. */
#define NORMA_USER_IMAGE 0x40010000ul
/* A stack a thread slot, each above a page that is not mapped. */
#define NORMA_USER_STACK 4096ul
#define NORMA_USER_STACKS 0x40400000ul
#define NORMA_USER_STACK_STRIDE 8192ul
/* The block shared with the host, without the recorder's rings. */
#define NORMA_USER_SHARED 0x44000000ul
