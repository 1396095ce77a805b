/* The page tables that every core loads. Owner: arch/native; the other side: pages.c. */
#pragma once
#include <stdint.h>

/* Rights of a mapping: readable always; never both writable and executable. */
#define NORMA_WRITE 1u
#define NORMA_EXECUTE 2u
#define NORMA_USER 4u

/* The root of the tables. */
extern uint64_t norma_page_root[];

/* Maps the kernel's sections, its stacks, the devices and user mode's memory. */
void norma_map_all(void);

/* arch/native/<arch>/pte.h: the same on both architectures but for the bits. */
uint64_t norma_pte_table(uint64_t *table);
uint64_t *norma_pte_next(uint64_t entry);
uint64_t norma_pte_leaf(uint64_t physical, unsigned level, unsigned rights);
