/*
 * x86_64: user mode's gate (norma.user.Gate). Contract: each function is the metal side of the Java
 * method that names it with @Intrinsic. Owner: arch/native/user; the block's address: memory_map.h.
 */
#pragma once
#include "rt.h"
#include "memory_map.h"
#include "block.h"

static inline int64_t norma_system_call(int32_t number, int64_t a, int64_t b, int64_t c, int64_t d,
                                        int64_t word_at) {
    int64_t rax = number, rdx = c;
    register int64_t r10 __asm__("r10") = d;
    __asm__ volatile("int $0x80" : "+a"(rax), "+d"(rdx) : "D"(a), "S"(b), "r"(r10) : "memory");
    norma_store(word_at, rdx);
    return rax;
}
static inline void norma_privileged(void) { __asm__ volatile("cli" ::: "memory"); }
static inline void norma_user_relax(void) { __asm__ volatile("pause" ::: "memory"); }

/* Where a device is: no business of user mode, as norma_forbidden shows. */
#define NORMA_DEVICE_AT (NORMA_DEVICES + 0xFEE00000ul)
#define NORMA_RETURN 0xc3u /* ret */
#include "forbidden.h"

/* The processor sees to it (Intel SDM vol. 3, 8.1.3; what another core stored, a trap lies between). */
static inline void norma_fetch_again(void) {}
#include "reach.h"

#define NORMA_ELF_MACHINE 62
#include "programs.h"

/* As at a function's first instruction: a return address, which is 0, is on the stack. */
static inline void norma_begin(int64_t entry, int64_t stack, int64_t slot, int64_t argument) {
    __asm__ volatile(
        "mov %1, %%rsp\n\tpush $0\n\txor %%ebp, %%ebp\n\tjmp *%0"
        ::"a"(entry), "c"(stack), "D"(slot), "S"(argument) : "memory");
    __builtin_unreachable();
}

/* An exploration image chooses its interleavings. */
#ifdef NORMA_GATES
#include "user_gates.h"
#endif
