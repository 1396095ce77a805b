/*
 * Constants shared by assembly and C on both architectures. Owner: arch/native.
 */
#pragma once
#define NORMA_CORES 4          /* norma.abi.Limits.CORES, checked at boot by norma_core */
#define NORMA_KERNEL_STACK 16384
#define NORMA_USER_STACK 4096
#define NORMA_THREADS 64
/* struct norma_percpu */
#define PERCPU_CORE 0
#define PERCPU_FRAME 8
#define PERCPU_STACK 16
#define PERCPU_SCRATCH 24
#define PERCPU_ARMED 32
#define PERCPU_INDEX 40
#define PERCPU_HART 48
#define PERCPU_SHIFT 6
/* norma.kernel.hal.Cpu */
#define CAUSE_SPURIOUS 0
#define CAUSE_TIMER 1
#define CAUSE_IPI 2
#define CAUSE_SYSTEM_CALL 3
#define CAUSE_FAULT 16
