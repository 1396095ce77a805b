/*
 * Constants shared by assembly and C on both architectures. Owner: arch/native.
 * What Java declares too (LIMITS_CORES, SHARED_BASE, CAUSE_TIMER, FRAME_PC, ...) comes from there.
 */
#pragma once
#include "offsets.h"
/* A core's kernel stack lies above a page that is not mapped. */
#define NORMA_KERNEL_STACK 16384
#define NORMA_KERNEL_STACK_STRIDE (4096 + NORMA_KERNEL_STACK)
/* struct norma_percpu */
#define PERCPU_CORE 0
#define PERCPU_FRAME 8
#define PERCPU_STACK 16
#define PERCPU_SCRATCH 24
#define PERCPU_ARMED 32
#define PERCPU_INDEX 40
#define PERCPU_HART 48
#define PERCPU_SHIFT 6
