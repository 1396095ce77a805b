/*
 * The page tables of address spaces: a root each, which has what the kernel's own has (pages.c), and three
 * tables below it for the window that is the space's own (memory_map.h).
 * Contract: norma.kernel.hal.Tables. Invariants: the top level of the kernel's tables is complete, and
 * never changes again, before the first space is made: what a root has copied stays the same. Of a
 * space's tables only the leaves change, each by one store of 64 bits. Accessed and dirty are set from
 * the beginning, so that no processor ever writes an entry, and a store cannot lose what one wrote.
 * A page is never both writable and executable; the kernel reaches a frame in its map of RAM alone.
 * Owner: arch/native. Sources: Intel SDM vol. 3, 4.10 (caching translation information); RISC-V
 * privileged architecture, sfence.vma and Sv48.
 */
#include "intrinsics.h"
#include "pages.h"

_Static_assert(LIMITS_PAGES <= NORMA_ENTRIES, "an address space's pages are in one table");
_Static_assert(NORMA_USER_SHARED + NORMA_USER_SHARED_BYTES <= NORMA_USER_WINDOW,
               "the window begins behind what all threads share");

#define TOP_SHIFT 39
#define TOP (NORMA_USER_WINDOW >> TOP_SHIFT)
_Static_assert(NORMA_USER_WINDOW == 1ul << TOP_SHIFT, "the window has an entry of its own");

/* Tables of a space, from the root down to the leaves. */
enum { ROOT, UPPER, MIDDLE, LEAVES, LEVELS };
uint64_t norma_space_tables[LIMITS_SPACES][LEVELS][NORMA_ENTRIES] __attribute__((aligned(4096)));

static uint64_t *table(int32_t space, unsigned level) {
    if ((uint32_t)space >= LIMITS_SPACES) __builtin_trap();
    return norma_space_tables[space][level];
}

void norma_tables_make(int32_t space) {
    uint64_t *root = table(space, ROOT);
    /* Something of everybody's is in the window, or the space has been made before. */
    if (norma_page_root[TOP] || root[TOP]) __builtin_trap();
    for (unsigned i = 0; i < NORMA_ENTRIES; i++) root[i] = norma_page_root[i];
    table(space, UPPER)[0] = norma_pte_table(norma_at(table(space, MIDDLE)));
    table(space, MIDDLE)[0] = norma_pte_table(norma_at(table(space, LEAVES)));
    root[TOP] = norma_pte_table(norma_at(table(space, UPPER)));
}

void norma_tables_load(int32_t space) {
    norma_load_root(norma_at(space < 0 ? norma_page_root : table(space, ROOT)));
}

static uint64_t leaf(uint64_t frame, int32_t rights) {
    switch (rights) {
    case RIGHTS_NONE: return 0;
    case RIGHTS_READ: return norma_pte_leaf(frame, 0, NORMA_USER);
    case RIGHTS_WRITE: return norma_pte_leaf(frame, 0, NORMA_USER | NORMA_WRITE);
    case RIGHTS_EXECUTE: return norma_pte_leaf(frame, 0, NORMA_USER | NORMA_EXECUTE);
    default: __builtin_trap();
    }
}

/*
 * A release: whoever finds the entry, a core's walk too, finds the frame as it was made before it (cleared).
 * That others have dropped what they had cached is for the kernel to see to.
 */
void norma_tables_enter(int32_t space, int32_t page, int64_t frame, int32_t rights) {
    if ((uint32_t)page >= LIMITS_PAGES || frame & (NORMA_PAGE - 1)) __builtin_trap();
    uint64_t *entry = &table(space, LEAVES)[page], before = *entry;
    uint64_t after = leaf((uint64_t)frame, rights);
    __atomic_store_n(entry, after, __ATOMIC_RELEASE);
    norma_entered(before, after, NORMA_USER_WINDOW + (uint64_t)page * NORMA_PAGE);
}

void norma_frame_clear(int64_t frame) { memset(norma_direct((uint64_t)frame), 0, NORMA_PAGE); }

void norma_frame_copy(int64_t from, int64_t to) {
    memcpy(norma_direct((uint64_t)to), norma_direct((uint64_t)from), NORMA_PAGE);
}
