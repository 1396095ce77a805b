/*
 * Gates of the exploration image: what user mode's program sees of them. Included by its intrinsics.h
 * when it is compiled with NORMA_GATES, and by nothing of the shipped image.
 * Contract: a thread comes to its gate before each access to a page of its space. After a page fault
 * it is there again, with the registers that it had (gates.c).
 * Layout: norma.abi.Gate. Owner: arch/native/gates.
 */
#pragma once

static inline void norma_user_gate(int64_t page) {
#if defined(__riscv)
    register int64_t a0 __asm__("a0") = page, a7 __asm__("a7") = GATE_CALL;
    __asm__ volatile("ecall" ::"r"(a0), "r"(a7) : "memory");
#else
    __asm__ volatile("int $0x80" ::"a"((int64_t)GATE_CALL), "D"(page) : "memory");
#endif
}
static inline int64_t norma_gated_reach(int32_t page, int32_t access, int64_t value) {
    norma_user_gate(page);
    return norma_reach(page, access, value);
}

#define norma_reach norma_gated_reach
