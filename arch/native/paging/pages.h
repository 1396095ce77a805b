/* The page tables that every core loads. Owner: arch/native; the other side: pages.c. */
#pragma once
#include <stdint.h>
#include "memory_map.h"

/* Rights of a mapping: readable always; never both writable and executable. */
#define NORMA_WRITE 1u
#define NORMA_EXECUTE 2u
#define NORMA_USER 4u
/* Registers of a device: not cached. */
#define NORMA_DEVICE 8u

#define NORMA_ENTRIES 512

/* The root of the tables. */
extern uint64_t norma_page_root[];

/* Where something of the image is in RAM. */
static inline uint64_t norma_at(const void *p) { return (uint64_t)p - NORMA_KERNEL_OFFSET; }

/* Where a core finds RAM. */
static inline void *norma_direct(uint64_t physical) { return (void *)(NORMA_DIRECT + physical); }

/* A part of user mode's program (program.S): its addresses, and where it is in RAM. */
struct norma_part { uint64_t from, to, at; };
extern const struct norma_part norma_program[3];

/* Maps the kernel's sections, its stacks, the devices and user mode's memory: all but RAM. */
void norma_map_kernel(void);

/* arch/native/<arch>/pte.h: the same on both architectures but for the bits. */
uint64_t norma_pte_table(uint64_t physical);
uint64_t norma_pte_next(uint64_t entry);
uint64_t norma_pte_leaf(uint64_t physical, unsigned level, unsigned rights);
