/* x86_64: entries of 4-level tables, and what is mapped beside the kernel. Owner: arch/native/x86_64. */
#pragma once

/* RAM that the kernel uses. */
#define NORMA_MAPPED_RAM NORMA_USER_STACKS

/* Low memory (the trampoline), and the last GiB below 4 GiB (local and I/O APIC, HPET, flash). */
static const struct { uint64_t from, bytes; } norma_regions[] = {
    {0, 0x200000}, {0xC0000000ul, 0x40000000ul}};
#define NORMA_REGIONS 2

#define PTE_NX (1ul << 63)
enum { PTE_P = 1, PTE_W = 2, PTE_U = 4, PTE_A = 32, PTE_D = 64, PTE_LARGE = 128 };

uint64_t norma_pte_table(uint64_t *table) { return (uint64_t)table | PTE_P | PTE_W | PTE_U; }
uint64_t *norma_pte_next(uint64_t entry) { return (uint64_t *)(entry & 0x000ffffffffff000ul); }
uint64_t norma_pte_leaf(uint64_t physical, unsigned level, unsigned rights) {
    return physical | PTE_P | PTE_A | PTE_D | (level ? PTE_LARGE : 0)
        | (rights & NORMA_WRITE ? PTE_W : 0) | (rights & NORMA_EXECUTE ? 0 : PTE_NX)
        | (rights & NORMA_USER ? PTE_U : 0);
}
