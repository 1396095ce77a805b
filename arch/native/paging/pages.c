/*
 * The page tables of the kernel and of user mode: 4 levels of 512 entries on both architectures,
 * built once, before the kernel boots, and loaded by every core. Where RAM is Java says, which decodes
 * what firmware says (norma.kernel.boot).
 * Address spaces begin with a copy of their top level, and add pages of their own (spaces.c).
 * Contract: code is executable and not writable, data writable and not executable, constants neither,
 * at whichever address; the lower half is user mode's, which reaches its own program, its stacks and
 * its part of the shared block; the upper half is the kernel's, which reaches user mode's memory only
 * there (SMEP, SMAP; SUM is off). Below each stack is a page that is not mapped.
 * Owner: arch/native. Sources: Intel SDM vol. 3 chapter 4; RISC-V privileged architecture, Sv48.
 */
#include "intrinsics.h"
#include "pages.h"
#include "pte.h"

#define LARGE (NORMA_ENTRIES * NORMA_PAGE)
#define HUGE (NORMA_ENTRIES * LARGE)
#define TOP_LEVEL 3
/*
 * Tables below the root. RAM: each range takes at most two of 2 MiB and two of 1 GiB at its ends, and all
 * together those of 512 GiB; where code and constants begin and end, RAM is in small pages. The rest:
 * image 4, devices 5, stacks and program 4, shared block 6, archive 4.
 */
#define TABLES (4 * LIMITS_RAM_RANGES + (1 << (LIMITS_PHYSICAL_BITS - 39)) + 8 + 23)
_Static_assert(NORMA_PAGE == ADDRESSES_PAGE, "one size of pages");
_Static_assert(NORMA_USER_WINDOW == ADDRESSES_WINDOW, "programs are linked for the window");
_Static_assert(NORMA_USER_SHARED + NORMA_USER_SHARED_BYTES <= ADDRESSES_PROGRAMS, "behind the block");
_Static_assert(ADDRESSES_PROGRAMS + ADDRESSES_PROGRAMS_BYTES <= NORMA_USER_WINDOW, "before the window");
_Static_assert(LIMITS_PHYSICAL_BITS <= 46, "the windows of RAM and devices are 64 TiB each");

uint64_t norma_page_root[NORMA_ENTRIES] __attribute__((aligned(4096)));
static uint64_t tables[TABLES][NORMA_ENTRIES] __attribute__((aligned(4096)));
static unsigned used;

extern char norma_stacks[], norma_stacks_end[], norma_user_stacks[];
extern char __text_start[], __text_end[], __rodata_start[], __rodata_end[], __data_start[];
extern char __load_end[], __bss_start[], __bss_end[];

enum { CODE, CONSTANTS, DATA };

static unsigned index_at(uint64_t virtual, unsigned level) {
    return virtual >> (12 + 9 * level) & (NORMA_ENTRIES - 1);
}

/* The table that an entry names, made if there is none. */
static uint64_t *next_table(uint64_t *entry) {
    if (!*entry) {
        if (used == TABLES) __builtin_trap();
        *entry = norma_pte_table(norma_at(tables[used++]));
    }
    return (uint64_t *)(norma_pte_next(*entry) + NORMA_KERNEL_OFFSET);
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

/* A part of the image, where it is linked. */
static void map_image(const char *from, const char *to, unsigned rights) {
    map((uint64_t)from, norma_at(from), (uint64_t)(to - from), rights);
}

static void map_own(void) {
    map_image(__text_start, __text_end, NORMA_EXECUTE);
    map_image(__rodata_start, __rodata_end, 0);
    map_image(__data_start, __load_end, NORMA_WRITE);
    map_image(__bss_start, norma_stacks, NORMA_WRITE);
    for (char *stack = norma_stacks; stack < norma_stacks_end; stack += NORMA_KERNEL_STACK_STRIDE)
        map_image(stack + NORMA_PAGE, stack + NORMA_KERNEL_STACK_STRIDE, NORMA_WRITE);
    map_image(norma_stacks_end, __bss_end, NORMA_WRITE);
    for (unsigned i = 0; i < NORMA_REGISTERS; i++)
        map(NORMA_DEVICES + norma_registers[i], norma_registers[i], NORMA_PAGE,
            NORMA_WRITE | NORMA_DEVICE);
}

/* RAM, whole pages: what is code or a constant somewhere is not writable here. */
void norma_map_ram(int64_t begin, int64_t end) {
    uint64_t from = (uint64_t)begin, to = (uint64_t)end;
    const uint64_t edges[] = {norma_at(__text_start), norma_at(__data_start),
                              norma_program[CODE].at, norma_program[DATA].at, ~0ul};
    for (unsigned i = 0; from < to; i++) {
        uint64_t until = edges[i] < to ? edges[i] : to;
        if (until <= from) continue;
        map(NORMA_DIRECT + from, from, until - from, i % 2 ? 0 : NORMA_WRITE);
        from = until;
    }
}

static void map_part(unsigned part, unsigned rights) {
    const struct norma_part *p = &norma_program[part];
    map(p->from, p->at, p->to - p->from, NORMA_USER | rights);
}

/* User mode may read the words of the block, and write what lies between them and the rings. */
static void map_shared(void) {
    uint64_t rings = (uint64_t)norma_load(SHARED_OFF_RINGS);
    if (rings > NORMA_USER_SHARED_BYTES) __builtin_trap();
    map(NORMA_USER_SHARED, NORMA_SHARED_AT, NORMA_PAGE, NORMA_USER);
    map(NORMA_USER_SHARED + NORMA_PAGE, NORMA_SHARED_AT + NORMA_PAGE, rings - NORMA_PAGE,
        NORMA_USER | NORMA_WRITE);
}

/* The archive of programs, which user mode may read; before there is an address space. */
void norma_map_programs(int64_t from, int64_t bytes) {
    if ((uint64_t)bytes > ADDRESSES_PROGRAMS_BYTES) __builtin_trap();
    map(ADDRESSES_PROGRAMS, (uint64_t)from, (uint64_t)bytes, NORMA_USER);
}

static void map_user(void) {
    map_part(CODE, NORMA_EXECUTE);
    map_part(CONSTANTS, 0);
    map_part(DATA, NORMA_WRITE);
    for (uint64_t i = 0; i < LIMITS_THREADS; i++)
        map(NORMA_USER_STACKS + (i + 1) * NORMA_USER_STACK_STRIDE - NORMA_USER_STACK,
            norma_at(norma_user_stacks) + i * NORMA_USER_STACK, NORMA_USER_STACK,
            NORMA_USER | NORMA_WRITE);
    map_shared();
}

void norma_map_kernel(void) {
    map_own();
    map_user();
}
