/*
 * riscv64: the kernel's hardware contract (norma.kernel.hal).
 * Contract: each function is the metal side of the Java method that names it with @Intrinsic.
 * Machine: QEMU virt, S-mode above OpenSBI (TIME through Sstc, IPI, HSM). No interrupt is ever
 * taken in the kernel: interrupts stay masked, wfi returns when one is pending.
 * Owner: arch/native/riscv64; per-core area: percpu.h; the other side: entry.S, trap.S.
 */
#pragma once
#include "rt.h"
#include "percpu.h"
#include "memory_map.h"
#include "spaces.h"

#define NORMA_SHARED_AT (NORMA_RAM + SHARED_BASE)
#define NORMA_SHARED (NORMA_DIRECT + NORMA_SHARED_AT)
#define NORMA_UART 0x10000000ul
#define NORMA_TEST_DEVICE 0x100000ul

struct norma_percpu {
    ref core;        /* norma.kernel.thread.Core */
    ref frame;       /* frame of the thread that last entered user mode */
    uint64_t stack;  /* top of the kernel stack */
    uint64_t scratch;
    uint64_t armed;  /* software deadline of stimecmp */
    uint64_t index;
    uint64_t hart;
    uint64_t pad;
};
extern struct norma_percpu norma_percpu[];
extern uint64_t norma_nanoseconds_per_tick;
extern char norma_core_start[];
extern const uint64_t norma_program_entry;

static inline struct norma_percpu *norma_self(void) {
    struct norma_percpu *self;
    __asm__("mv %0, tp" : "=r"(self));
    return self;
}
static inline int64_t norma_sbi(uint64_t extension, uint64_t function, uint64_t x, uint64_t y,
                                uint64_t z) {
    register uint64_t a0 __asm__("a0") = x, a1 __asm__("a1") = y, a2 __asm__("a2") = z;
    register uint64_t a6 __asm__("a6") = function, a7 __asm__("a7") = extension;
    __asm__ volatile("ecall" : "+r"(a0), "+r"(a1) : "r"(a2), "r"(a6), "r"(a7) : "memory");
    return (int64_t)a0;
}
static inline uint64_t norma_ticks(void) {
    uint64_t t;
    __asm__ volatile("rdtime %0" : "=r"(t));
    return t;
}
static inline void norma_set_timer(uint64_t ticks) {
    __asm__ volatile("csrw 0x14d, %0" ::"r"(ticks)); /* stimecmp */
}

/* --- Clock ------------------------------------------------------------------------------------ */
static inline int64_t norma_now(void) {
    return (int64_t)(norma_ticks() * norma_nanoseconds_per_tick);
}
static inline void norma_arm(int64_t deadline) {
    uint64_t ticks = deadline == INT64_MAX ? ~0ul
        : ((uint64_t)deadline + norma_nanoseconds_per_tick - 1) / norma_nanoseconds_per_tick;
    norma_self()->armed = ticks;
    norma_set_timer(ticks);
}

/* --- Cpu -------------------------------------------------------------------------------------- */
/* Under multi-threaded TCG a spinning core starves the other: sleep until the timer's next tick,
 * then restore the software deadline. A pending interrupt ends wfi without a trap. */
static inline RT_COLD void norma_relax(void) {
    struct norma_percpu *self = norma_self();
    norma_set_timer(norma_ticks() + 1);
    __asm__ volatile("wfi" ::: "memory");
    norma_set_timer(self->armed);
}
static inline int32_t norma_wait_for_interrupt(void) {
    uint64_t pending;
    __asm__ volatile("wfi\n\tcsrr %0, sip" : "=r"(pending)::"memory");
    if (pending & 0x20) {
        norma_self()->armed = ~0ul;
        norma_set_timer(~0ul);
        return CAUSE_TIMER;
    }
    if (pending & 2) {
        __asm__ volatile("csrc sip, %0" ::"r"(2ul) : "memory");
        return CAUSE_IPI;
    }
    return CAUSE_SPURIOUS;
}
static inline void norma_start_core(int32_t core) {
    norma_sbi(0x48534D, 0, norma_percpu[core].hart,
              (uint64_t)norma_core_start - NORMA_KERNEL_OFFSET, (uint64_t)&norma_percpu[core]);
}
static inline void norma_send_ipi(int32_t core) {
    norma_sbi(0x735049, 0, 1, norma_percpu[core].hart, 0);
}
static inline int32_t norma_call_bytes(void) { return 4; }
static inline int64_t norma_user_entry(void) { return (int64_t)norma_program_entry; }
static inline int64_t norma_user_stack(int32_t slot) {
    return (int64_t)(NORMA_USER_STACKS + ((uint64_t)slot + 1) * NORMA_USER_STACK_STRIDE);
}
/* SPP = 0: return to U-mode; SPIE: interrupts on there. */
static inline int64_t norma_user_status(void) { return 0x20; }

/* --- Memory ----------------------------------------------------------------------------------- */
static inline int64_t norma_load(int64_t at) {
    return *(volatile int64_t *)(NORMA_SHARED + (uint64_t)at);
}
static inline void norma_store(int64_t at, int64_t v) {
    *(volatile int64_t *)(NORMA_SHARED + (uint64_t)at) = v;
}
static inline int64_t norma_load_acquire(int64_t at) {
    return __atomic_load_n((int64_t *)(NORMA_SHARED + (uint64_t)at), __ATOMIC_ACQUIRE);
}
static inline void norma_store_release(int64_t at, int64_t v) {
    __atomic_store_n((int64_t *)(NORMA_SHARED + (uint64_t)at), v, __ATOMIC_RELEASE);
}

/* --- Physical: on the boot tables alone ------------------------------------------------------- */
static inline int64_t norma_physical_reach(void) { return NORMA_REACH; }
static inline int32_t norma_physical_byte(int64_t at) {
    return *(volatile uint8_t *)(NORMA_DIRECT + (uint64_t)at);
}
void norma_map_ram(int64_t from, int64_t to);
void norma_map_programs(int64_t from, int64_t bytes);

/* --- Tables: spaces.h, and --------------------------------------------------------------------- */
/*
 * And fence.i, by number: a page becomes executable only after all cores that have its tables loaded have
 * flushed (nobody may write it any more), so who flushes, or loads tables, fetches what was stored before.
 */
#define NORMA_FLUSH "sfence.vma\n\t.word 0x0000100f"
static inline void norma_tables_flush(void) { __asm__ volatile(NORMA_FLUSH ::: "memory"); }
/* No entry is global, and there is one address space identifier for all: nothing that was cached stays. */
static inline void norma_load_root(uint64_t physical) {
    __asm__ volatile("csrw satp, %0\n\t" NORMA_FLUSH ::"r"(9ul << 60 | physical >> 12) : "memory");
}
/*
 * An entry has changed. A core may keep even that there was none, or fewer rights, and fault again and
 * again: this one does not. What took rights away is left to norma_tables_flush.
 */
static inline void norma_entered(uint64_t before, uint64_t after, uint64_t at) {
    enum { VALID_READ_WRITE_EXECUTE = 15 };
    if (after & ~before & VALID_READ_WRITE_EXECUTE) __asm__ volatile("sfence.vma %0" ::"r"(at) : "memory");
}
/* This core's last trap left them: the kernel itself takes none. */
static inline int32_t norma_fault_page(void) {
    uint64_t at;
    __asm__ volatile("csrr %0, stval" : "=r"(at));
    return norma_window_page(at);
}
static inline int32_t norma_fault_access(int32_t cause) {
    switch (cause - CAUSE_FAULT) { /* scause */
    case 12: return RIGHTS_EXECUTE;
    case 13: return RIGHTS_READ;
    case 15: return RIGHTS_WRITE;
    default: return RIGHTS_NONE;
    }
}

/* --- Console, Power ----------------------------------------------------------------------------- */
static inline void norma_put(int32_t c) {
    volatile uint8_t *uart = (volatile uint8_t *)(NORMA_DEVICES + NORMA_UART);
    while (!(uart[5] & 0x20)) {}
    uart[0] = (uint8_t)c;
}
static inline void norma_power_off(int32_t status) {
    *(volatile uint32_t *)(NORMA_DEVICES + NORMA_TEST_DEVICE) =
        status == 0 ? 0x5555 : 0x3333 | (uint32_t)status << 16;
}

/* The kernel's HAL operations (norma_*) are defined beside the assembly that they belong to. */
#if __has_include("hal.h")
#include "hal.h"
#endif

/* An exploration image chooses its interleavings. */
#ifdef NORMA_GATES
#include "gates.h"
#endif
