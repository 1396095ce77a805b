/* x86_64: entries of 4-level tables, and the devices that the kernel uses. Owner: arch/native/x86_64. */
#pragma once

/* HPET, local APIC. */
static const uint64_t norma_registers[] = {NORMA_HPET, NORMA_APIC};
#define NORMA_REGISTERS 2

#define PTE_NX (1ul << 63)
enum { PTE_P = 1, PTE_W = 2, PTE_U = 4, PTE_UNCACHED = 8 | 16, PTE_A = 32, PTE_D = 64, PTE_LARGE = 128 };

uint64_t norma_pte_table(uint64_t physical) { return physical | PTE_P | PTE_W | PTE_U; }
uint64_t norma_pte_next(uint64_t entry) { return entry & 0x000ffffffffff000ul; }
uint64_t norma_pte_leaf(uint64_t physical, unsigned level, unsigned rights) {
    return physical | PTE_P | PTE_A | PTE_D | (level ? PTE_LARGE : 0)
        | (rights & NORMA_WRITE ? PTE_W : 0) | (rights & NORMA_EXECUTE ? 0 : PTE_NX)
        | (rights & NORMA_USER ? PTE_U : 0) | (rights & NORMA_DEVICE ? PTE_UNCACHED : 0);
}
