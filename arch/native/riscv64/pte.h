/* riscv64: entries of Sv48 tables, and the devices that the kernel uses. Owner: arch/native/riscv64. */
#pragma once

/* Test device, UART. */
static const uint64_t norma_registers[] = {NORMA_TEST_DEVICE, NORMA_UART};
#define NORMA_REGISTERS 2

enum { PTE_V = 1, PTE_R = 2, PTE_W = 4, PTE_X = 8, PTE_U = 16, PTE_A = 64, PTE_D = 128 };

uint64_t norma_pte_table(uint64_t physical) { return physical >> 12 << 10 | PTE_V; }
uint64_t norma_pte_next(uint64_t entry) { return entry >> 10 << 12; }
/* Which memory is cached the platform says (its physical memory attributes). */
uint64_t norma_pte_leaf(uint64_t physical, unsigned level, unsigned rights) {
    (void)level;
    return physical >> 12 << 10 | PTE_V | PTE_R | PTE_A | PTE_D
        | (rights & NORMA_WRITE ? PTE_W : 0) | (rights & NORMA_EXECUTE ? PTE_X : 0)
        | (rights & NORMA_USER ? PTE_U : 0);
}
