/*
 * riscv64: fills the per-core areas before the kernel boots. Owner: arch/native/riscv64.
 * The device tree gives the time base and the harts; core 0 is the hart that boots.
 */
#include "intrinsics.h"
#include "pages.h"

struct norma_percpu norma_percpu[LIMITS_CORES];
uint64_t norma_nanoseconds_per_tick;
extern char norma_stacks[];
ref norma_core(int32_t);

static uint32_t big32(const uint8_t *p) {
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}
static int same(const char *a, const char *b) {
    while (*a && *a == *b) a++, b++;
    return *a == *b;
}
static int starts(const char *a, const char *prefix) {
    while (*prefix && *a == *prefix) a++, prefix++;
    return *prefix == 0;
}
static void add_hart(uint64_t hart, uint64_t boot_hart, int *cores) {
    if (hart != boot_hart && *cores < LIMITS_CORES) norma_percpu[(*cores)++].hart = hart;
}

/* Before any Java runs. */
void norma_boot_prepare(void) {
    for (int i = 0; i < LIMITS_CORES; i++) {
        norma_percpu[i].index = (uint64_t)i;
        norma_percpu[i].stack = (uint64_t)norma_stacks + (uint64_t)(i + 1) * NORMA_KERNEL_STACK_STRIDE;
        norma_percpu[i].armed = ~0ul;
    }
    norma_map_kernel();
}

/* Walks the flattened device tree (Devicetree Specification 0.4, chapter 5), which has been found well
 * formed: /cpus/timebase-frequency and the reg of every /cpus/cpu@N. */
void norma_boot_cores(uint64_t boot_hart, uint64_t tree_at) {
    enum { BEGIN_NODE = 1, END_NODE = 2, PROP = 3, END = 9 };
    const uint8_t *tree = norma_direct(tree_at);
    const uint8_t *p = tree + big32(tree + 8), *strings = (const uint8_t *)tree + big32(tree + 12);
    int cores = 1, depth = 0, in_cpus = 0, in_cpu = 0;
    uint64_t frequency = 10000000;
    norma_percpu[0].hart = boot_hart;
    for (uint32_t token; (token = big32(p)) != END;) {
        p += 4;
        if (token == BEGIN_NODE) {
            const char *name = (const char *)p;
            uint32_t length = 0;
            while (p[length]) length++;
            depth++;
            if (depth == 2) in_cpus = same(name, "cpus");
            in_cpu = in_cpus && depth == 3 && starts(name, "cpu@");
            p += (length + 4) & ~3u;
        } else if (token == END_NODE) {
            depth--;
            in_cpu = 0;
        } else if (token == PROP) {
            uint32_t length = big32(p);
            const char *name = (const char *)strings + big32(p + 4);
            if (in_cpus && depth == 2 && same(name, "timebase-frequency")) frequency = big32(p + 8);
            if (in_cpu && same(name, "reg"))
                add_hart(big32(p + 8 + (length > 4 ? 4 : 0)), boot_hart, &cores);
            p += 8 + ((length + 3) & ~3u);
        }
    }
    norma_nanoseconds_per_tick = 1000000000ul / frequency;
}

/* After rt_image_init: the Java core objects exist. */
void norma_fill_cores(void) {
    for (int i = 0; i < LIMITS_CORES; i++) norma_percpu[i].core = norma_core(i);
}
