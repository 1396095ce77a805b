/*
 * x86_64: the kernel's hardware contract (norma.kernel.hal).
 * Contract: each function is the metal side of the Java method that names it with @Intrinsic.
 * Machine: QEMU q35 with qboot (PVH), xAPIC, one-shot local APIC timer, HPET to calibrate the TSC.
 * Interrupts open in the kernel only inside norma_wait_for_interrupt; their stubs leave a flag.
 * Owner: arch/native/x86_64; per-core area: percpu.h; the other side: entry.S, trap.S.
 */
#pragma once
#include "rt.h"
#include "percpu.h"
#include "memory_map.h"
#include "spaces.h"

#define NORMA_SHARED_AT (NORMA_RAM + SHARED_BASE)
#define NORMA_SHARED (NORMA_DIRECT + NORMA_SHARED_AT)
#define NORMA_APIC 0xFEE00000ul
#define NORMA_HPET 0xFED00000ul
#define NORMA_VECTOR_IPI 0x40
#define NORMA_VECTOR_TIMER 0x41

struct norma_percpu {
    ref core;        /* norma.kernel.thread.Core */
    ref frame;       /* frame of the thread that last entered user mode */
    uint64_t stack;  /* top of the kernel stack; also in the task state segment */
    uint64_t scratch; /* of a fault of user mode, while the kernel runs: its error code */
    uint64_t pending; /* bit per cause, set by interrupts in norma_wait_for_interrupt */
    uint64_t index;
    uint64_t apic;
    struct norma_percpu *self;
};
extern struct norma_percpu norma_percpu[];
extern uint64_t norma_tsc_scale; /* ns per TSC tick, 32.32 */
extern const uint64_t norma_program_entry;
void norma_start_application_core(int32_t core);

static inline struct norma_percpu *norma_self(void) {
    struct norma_percpu *self;
    __asm__ volatile("movq %%gs:56, %0" : "=r"(self));
    return self;
}
static inline volatile uint32_t *norma_apic(uint32_t offset) {
    return (volatile uint32_t *)(NORMA_DEVICES + NORMA_APIC + offset);
}
static inline void norma_out8(uint16_t port, uint8_t v) {
    __asm__ volatile("outb %0, %1" ::"a"(v), "Nd"(port));
}
static inline uint8_t norma_in8(uint16_t port) {
    uint8_t v;
    __asm__ volatile("inb %1, %0" : "=a"(v) : "Nd"(port));
    return v;
}
static inline uint64_t norma_tsc(void) {
    uint32_t low, high;
    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    return (uint64_t)high << 32 | low;
}

/* --- Clock ------------------------------------------------------------------------------------ */
static inline int64_t norma_now(void) {
    return (int64_t)(((unsigned __int128)norma_tsc() * norma_tsc_scale) >> 32);
}
/* The APIC timer counts nanoseconds down from 32 bits: a later deadline comes early, and is set again. */
static inline void norma_arm(int64_t deadline) {
    uint32_t count = 0;
    if (deadline != INT64_MAX) {
        int64_t left = deadline - norma_now();
        count = left <= 0 ? 1 : left > 0x7fffffff ? 0x7fffffff : (uint32_t)left;
    }
    *norma_apic(0x380) = count;
}

/* --- Cpu -------------------------------------------------------------------------------------- */
static inline void norma_relax(void) { __asm__ volatile("pause" ::: "memory"); }
static inline int32_t norma_wait_for_interrupt(void) {
    struct norma_percpu *self = norma_self();
    volatile uint64_t *pending = &self->pending;
    if (!*pending) __asm__ volatile("sti; hlt; cli" ::: "memory");
    uint64_t causes = *pending;
    *pending = 0;
    if (causes & 1 << CAUSE_TIMER) {
        /* One cause at a time: the IPI is raised again, or it would wait until this core next idles. */
        if (causes & 1 << CAUSE_IPI) *norma_apic(0x300) = 0x40000 | NORMA_VECTOR_IPI;
        return CAUSE_TIMER;
    }
    return causes & 1 << CAUSE_IPI ? CAUSE_IPI : CAUSE_SPURIOUS;
}
static inline void norma_start_core(int32_t core) { norma_start_application_core(core); }
static inline void norma_send_ipi(int32_t core) {
    *norma_apic(0x310) = (uint32_t)norma_percpu[core].apic << 24;
    *norma_apic(0x300) = 0x4000 | NORMA_VECTOR_IPI;
}
static inline int32_t norma_call_bytes(void) { return 2; }
static inline int64_t norma_user_entry(void) { return (int64_t)norma_program_entry; }
/* As after a call: 8 below a multiple of 16. */
static inline int64_t norma_user_stack(int32_t slot) {
    return (int64_t)(NORMA_USER_STACKS + ((uint64_t)slot + 1) * NORMA_USER_STACK_STRIDE) - 8;
}
/* Interrupts on. */
static inline int64_t norma_user_status(void) { return 0x202; }

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
/* No entry is global, and there are no process-context identifiers: nothing that was cached stays. */
static inline void norma_load_root(uint64_t physical) {
    __asm__ volatile("movq %0, %%cr3" ::"r"(physical) : "memory");
}
static inline void norma_tables_flush(void) {
    uint64_t root;
    __asm__ volatile("movq %%cr3, %0" : "=r"(root));
    norma_load_root(root);
}
/* That there was no entry is not cached, and a fault drops what was cached of its address. */
static inline void norma_entered(uint64_t before, uint64_t after, uint64_t at) {
    (void)before, (void)after, (void)at;
}
/* This core's last page fault left it: the kernel itself has none. */
static inline int32_t norma_fault_page(void) {
    uint64_t at;
    __asm__ volatile("movq %%cr2, %0" : "=r"(at));
    return norma_window_page(at);
}
/* Intel SDM vol. 3, 4.7: the error code. What is not user mode's own access is not for it to have. */
static inline int32_t norma_fault_access(int32_t cause) {
    enum { PAGE_FAULT = 14, WRITE = 2, USER = 4, RESERVED = 8, FETCH = 16 };
    uint64_t error = norma_self()->scratch;
    if (cause != CAUSE_FAULT + PAGE_FAULT || (error & (USER | RESERVED)) != USER) return RIGHTS_NONE;
    return error & FETCH ? RIGHTS_EXECUTE : error & WRITE ? RIGHTS_WRITE : RIGHTS_READ;
}

/* --- Console, Power ----------------------------------------------------------------------------- */
static inline void norma_put(int32_t c) { norma_out8(0x3f8, (uint8_t)c); }
/* isa-debug-exit: QEMU ends with (value << 1) | 1; the host reads 1 as a clean end. */
static inline void norma_power_off(int32_t status) {
    __asm__ volatile("outl %0, %1" ::"a"((uint32_t)status), "Nd"((uint16_t)0xf4));
    for (;;) __asm__ volatile("hlt");
}

/* An exploration image chooses its interleavings. */
#ifdef NORMA_GATES
#include "gates.h"
#endif
