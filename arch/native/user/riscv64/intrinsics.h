/*
 * riscv64: user mode's gate (norma.user.Gate). Contract: each function is the metal side of the Java
 * method that names it with @Intrinsic. Owner: arch/native/user; the block's address: memory_map.h.
 */
#pragma once
#include "rt.h"
#include "memory_map.h"
#include "block.h"

static inline int64_t norma_system_call(int32_t number, int64_t a, int64_t b, int64_t c, int64_t d,
                                        int64_t word_at) {
    register int64_t a0 __asm__("a0") = a, a1 __asm__("a1") = b, a2 __asm__("a2") = c;
    register int64_t a3 __asm__("a3") = d, a7 __asm__("a7") = number;
    __asm__ volatile("ecall" : "+r"(a0), "+r"(a1) : "r"(a2), "r"(a3), "r"(a7) : "memory");
    norma_store(word_at, a1);
    return a0;
}
static inline void norma_privileged(void) { __asm__ volatile("csrr zero, sstatus" ::: "memory"); }
static inline void norma_user_relax(void) { __asm__ volatile(".word 0x0100000f" ::: "memory"); }

/* Where a device is: no business of user mode, as norma_forbidden shows. */
#define NORMA_DEVICE_AT (NORMA_DEVICES + 0x10000000ul)
#define NORMA_RETURN 0x8082u /* c.jr ra */
#include "forbidden.h"

/* fence.i, by number: instructions that were stored before are those that are fetched. */
static inline void norma_fetch_again(void) { __asm__ volatile(".word 0x0000100f" ::: "memory"); }
#include "reach.h"

#define NORMA_ELF_MACHINE 243
#include "programs.h"

/* Nothing of the loader is left in a register. Another core fetches again when the kernel has it flush. */
static inline void norma_begin(int64_t entry, int64_t stack, int64_t slot, int64_t argument) {
    register int64_t a0 __asm__("a0") = slot, a1 __asm__("a1") = argument;
    register int64_t a2 __asm__("a2") = entry, a3 __asm__("a3") = stack;
    norma_fetch_again();
    __asm__ volatile(
        "mv sp, a3\n\tmv ra, zero\n\tmv s0, zero\n\tmv a3, zero\n\tjr a2"
        ::"r"(a0), "r"(a1), "r"(a2), "r"(a3) : "memory");
    __builtin_unreachable();
}

/* An exploration image chooses its interleavings. */
#ifdef NORMA_GATES
#include "user_gates.h"
#endif
