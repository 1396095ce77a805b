/*
 * The page tables of the kernel and of user mode: 4 levels of 512 entries on both architectures,
 * built once, before any Java runs, and loaded by every core.
 * Contract: code is executable and not writable, data writable and not executable, constants neither;
 * user mode reaches its own program, its stacks and its part of the shared block, and the kernel
 * reaches those pages at other addresses only (SMEP, SMAP; SUM is off). Below each stack is a page
 * that is not mapped.
 * Owner: arch/native. Sources: Intel SDM vol. 3 chapter 4; RISC-V privileged architecture, Sv48.
 */
#include "intrinsics.h"
#include "memory_map.h"
#include "pages.h"
#include "pte.h"

#define ENTRIES 512
#define LARGE (ENTRIES * NORMA_PAGE)
#define HUGE (ENTRIES * LARGE)
#define TOP_LEVEL 3
#define TABLES 24

uint64_t norma_page_root[ENTRIES] __attribute__((aligned(4096)));
static uint64_t tables[TABLES][ENTRIES] __attribute__((aligned(4096)));
static unsigned used;

extern char norma_stacks[], norma_stacks_end[], norma_user_stacks[];
extern char __text_start[], __text_end[], __rodata_start[], __rodata_end[], __data_start[];
extern char __user_text_start[], __user_text_end[], __user_text_at[];
extern char __user_rodata_start[], __user_rodata_end[], __user_rodata_at[];
extern char __user_data_start[], __user_data_end[], __user_data_at[];

static unsigned index_at(uint64_t virtual, unsigned level) {
    return virtual >> (12 + 9 * level) & (ENTRIES - 1);
}

/* The table that an entry names, made if there is none. */
static uint64_t *next_table(uint64_t *entry) {
    if (!*entry) {
        if (used == TABLES) __builtin_trap();
        *entry = norma_pte_table(tables[used++]);
    }
    return norma_pte_next(*entry);
}

static int fits(uint64_t virtual, uint64_t physical, uint64_t bytes, uint64_t size) {
    return ((virtual | physical) & (size - 1)) == 0 && bytes >= size;
}

/* Maps whole pages, in large ones where both addresses allow it. */
static void map(uint64_t virtual, uint64_t physical, uint64_t bytes, unsigned rights) {
    bytes = (bytes + NORMA_PAGE - 1) & ~(NORMA_PAGE - 1);
    while (bytes) {
        unsigned level = fits(virtual, physical, bytes, HUGE) ? 2
            : fits(virtual, physical, bytes, LARGE) ? 1 : 0;
        uint64_t size = NORMA_PAGE << (9 * level);
        uint64_t *table = norma_page_root;
        for (unsigned l = TOP_LEVEL; l > level; l--) table = next_table(&table[index_at(virtual, l)]);
        table[index_at(virtual, level)] = norma_pte_leaf(physical, level, rights);
        virtual += size, physical += size, bytes -= size;
    }
}

static void map_same(char *from, char *to, unsigned rights) {
    map((uint64_t)from, (uint64_t)from, (uint64_t)to - (uint64_t)from, rights);
}

static void map_program(char *from, char *to, char *at, unsigned rights) {
    map((uint64_t)from, (uint64_t)at, (uint64_t)to - (uint64_t)from, NORMA_USER | rights);
}

/* User mode may read the words of the block, and write what lies between them and the rings. */
static void map_shared(void) {
    uint64_t rings = (uint64_t)norma_load(SHARED_OFF_RINGS);
    if (rings > NORMA_USER_SHARED_BYTES) __builtin_trap();
    map(NORMA_USER_SHARED, NORMA_SHARED, NORMA_PAGE, NORMA_USER);
    map(NORMA_USER_SHARED + NORMA_PAGE, NORMA_SHARED + NORMA_PAGE, rings - NORMA_PAGE,
        NORMA_USER | NORMA_WRITE);
}

void norma_map_all(void) {
    for (unsigned i = 0; i < NORMA_REGIONS; i++)
        map(norma_regions[i].from, norma_regions[i].from, norma_regions[i].bytes, NORMA_WRITE);
    map_same(__text_start, __text_end, NORMA_EXECUTE);
    map_same(__rodata_start, __rodata_end, 0);
    map_same(__data_start, __user_text_at, NORMA_WRITE);
    map_same(__user_text_at, __user_data_at, 0);
    map_same(__user_data_at, norma_stacks, NORMA_WRITE);
    for (char *stack = norma_stacks; stack < norma_stacks_end; stack += NORMA_KERNEL_STACK_STRIDE)
        map_same(stack + NORMA_PAGE, stack + NORMA_KERNEL_STACK_STRIDE, NORMA_WRITE);
    map_same(norma_stacks_end, (char *)(NORMA_RAM + NORMA_MAPPED_RAM), NORMA_WRITE);
    map_program(__user_text_start, __user_text_end, __user_text_at, NORMA_EXECUTE);
    map_program(__user_rodata_start, __user_rodata_end, __user_rodata_at, 0);
    map_program(__user_data_start, __user_data_end, __user_data_at, NORMA_WRITE);
    for (uint64_t i = 0; i < LIMITS_THREADS; i++)
        map(NORMA_USER_STACKS + (i + 1) * NORMA_USER_STACK_STRIDE - NORMA_USER_STACK,
            (uint64_t)norma_user_stacks + i * NORMA_USER_STACK, NORMA_USER_STACK,
            NORMA_USER | NORMA_WRITE);
    map_shared();
}
