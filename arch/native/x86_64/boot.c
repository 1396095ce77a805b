/*
 * x86_64: descriptors, per-core areas, clock and application cores. Owner: arch/native/x86_64.
 * Sources: Intel SDM vol. 3 chapters 6 to 8 and 10 (xAPIC), IA-PC HPET 1.0a.
 */
#include "intrinsics.h"
#include "pages.h"

struct norma_percpu norma_percpu[LIMITS_CORES];
uint64_t norma_tsc_scale;
extern char norma_stacks[], norma_vectors[], norma_trampoline[], norma_trampoline_end[];
extern uint64_t norma_gdt[];
extern volatile uint32_t norma_starting;
ref norma_core(int32_t);

/* Power.off status of a machine that cannot run the kernel. */
#define NORMA_BOOT_PANIC 3

static struct { uint16_t low, selector; uint8_t stack, type; uint16_t middle; uint32_t high, zero; } idt[256];
static struct __attribute__((packed)) { uint16_t limit; uint64_t base; } idt_pointer;
static struct __attribute__((packed)) {
    uint32_t reserved;
    uint64_t rsp0, rest[11];
    uint16_t zero, io_map;
} tss[LIMITS_CORES];

static volatile uint64_t *hpet(uint32_t offset) {
    return (volatile uint64_t *)(NORMA_DEVICES + NORMA_HPET + offset);
}

/* Nanoseconds per TSC tick, from 1 ms of the HPET's main counter. */
static void calibrate(void) {
    uint64_t femtoseconds = *hpet(0) >> 32;
    *hpet(0x10) |= 1;
    uint64_t wait = 1000000000000ul / femtoseconds;
    uint64_t from = *hpet(0xF0), tsc = norma_tsc(), now;
    while ((now = *hpet(0xF0)) - from < wait) {}
    uint64_t ticks = norma_tsc() - tsc;
    uint64_t nanoseconds = (now - from) * (femtoseconds / 1000) / 1000;
    norma_tsc_scale = (nanoseconds << 32) / ticks;
}

void norma_boot_prepare(void) {
    for (int i = 0; i < 256; i++) {
        uint64_t at = (uint64_t)norma_vectors + 16 * (uint64_t)i;
        idt[i].low = (uint16_t)at;
        idt[i].selector = 0x08;
        idt[i].type = i == 0x80 ? 0xEE : 0x8E; /* user mode may use the system call's gate only */
        idt[i].middle = (uint16_t)(at >> 16);
        idt[i].high = (uint32_t)(at >> 32);
    }
    idt_pointer.limit = sizeof idt - 1;
    idt_pointer.base = (uint64_t)idt;
    for (int i = 0; i < LIMITS_CORES; i++) {
        struct norma_percpu *p = &norma_percpu[i];
        p->index = p->apic = (uint64_t)i;
        p->self = p;
        p->stack = (uint64_t)norma_stacks + (uint64_t)(i + 1) * NORMA_KERNEL_STACK_STRIDE;
        tss[i].rsp0 = p->stack;
        tss[i].io_map = sizeof tss[i];
        uint64_t base = (uint64_t)&tss[i];
        norma_gdt[7 + 2 * i] = (sizeof tss[i] - 1) | (base & 0xffffff) << 16 | 0x89ul << 40
            | (base >> 24 & 0xff) << 56;
        norma_gdt[8 + 2 * i] = base >> 32;
    }
    norma_out8(0x21, 0xff); /* the legacy interrupt controllers stay masked */
    norma_out8(0xa1, 0xff);
    calibrate();
    norma_map_kernel();
}

/* After rt_image_init: the Java core objects exist. */
void norma_fill_cores(void) {
    for (int i = 0; i < LIMITS_CORES; i++) norma_percpu[i].core = norma_core(i);
}

static void write_msr(uint32_t msr, uint64_t v) {
    __asm__ volatile("wrmsr" ::"c"(msr), "a"((uint32_t)v), "d"((uint32_t)(v >> 32)));
}

static uint64_t read_msr(uint32_t msr) {
    uint32_t low, high;
    __asm__ volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(msr));
    return (uint64_t)high << 32 | low;
}

/* Ends the machine: it cannot run this kernel. */
static void boot_panic(const char *why) {
    for (; *why; why++) norma_put(*why);
    norma_put('\n');
    norma_power_off(NORMA_BOOT_PANIC);
}

static uint32_t cpuid(uint32_t leaf, int reg) {
    uint32_t r[4];
    __asm__ volatile("cpuid" : "=a"(r[0]), "=b"(r[1]), "=c"(r[2]), "=d"(r[3]) : "a"(leaf), "c"(0));
    return r[reg];
}

/* Loads the tables of pages.c. The processor must be able to keep code, data and user mode apart. */
static void load_tables(void) {
    enum { EBX = 1, EDX = 3, SMEP = 1 << 7, SMAP = 1 << 20, NX = 1 << 20, HUGE_PAGES = 1 << 26 };
    uint32_t apart = cpuid(7, EBX), large = cpuid(0x80000001, EDX);
    if ((apart & (SMEP | SMAP)) != (SMEP | SMAP) || (large & (NX | HUGE_PAGES)) != (NX | HUGE_PAGES))
        boot_panic("x86_64: needs a processor with NX, SMEP, SMAP and pages of 1 GiB");
    uint64_t cr4;
    __asm__ volatile("movq %%cr4, %0" : "=r"(cr4));
    write_msr(0xC0000080, read_msr(0xC0000080) | 1 << 11); /* EFER.NXE */
    __asm__ volatile("movq %0, %%cr4" ::"r"(cr4 | 1 << 20 | 1 << 21)); /* SMEP, SMAP */
    __asm__ volatile("movq %0, %%cr3" ::"r"(norma_at(norma_page_root)) : "memory");
}

/* This core's descriptors and gs base: from here on a panic is told. */
void norma_core_descriptors(int32_t core) {
    static struct __attribute__((packed)) { uint16_t limit; uint64_t base; } gdt_pointer;
    gdt_pointer.limit = 8 * (7 + 2 * LIMITS_CORES) - 1;
    gdt_pointer.base = (uint64_t)norma_gdt;
    __asm__ volatile("lgdt %0\n\tlidt %1" ::"m"(gdt_pointer), "m"(idt_pointer));
    __asm__ volatile("movw %0, %%gs\n\tmovw %0, %%fs" ::"r"((uint16_t)0));
    write_msr(0xC0000101, (uint64_t)&norma_percpu[core]);
    write_msr(0xC0000102, 0);
    __asm__ volatile("ltr %0" ::"r"((uint16_t)(0x38 + 16 * core)));
}

/* This core's tables, local APIC and timer. */
void norma_core_setup(void) {
    load_tables();
    *norma_apic(0xF0) = 0x1FF;
    *norma_apic(0x80) = 0;
    *norma_apic(0x3E0) = 0xB; /* divide by 1 */
    *norma_apic(0x320) = NORMA_VECTOR_TIMER; /* one-shot */
}

static void wait_microseconds(uint64_t n) {
    int64_t until = norma_now() + (int64_t)n * 1000;
    while (norma_now() < until) norma_relax();
}

/* INIT, then up to two SIPIs; returns when the core has left the trampoline. */
void norma_start_application_core(int32_t core) {
    volatile char *to = norma_direct(0x8000);
    for (char *from = norma_trampoline; from < norma_trampoline_end; from++) *to++ = *from;
    norma_starting = (uint32_t)core;
    *norma_apic(0x310) = (uint32_t)norma_percpu[core].apic << 24;
    *norma_apic(0x300) = 0x4500;
    wait_microseconds(200);
    for (int tries = 0; tries < 2 && norma_starting; tries++) {
        *norma_apic(0x310) = (uint32_t)norma_percpu[core].apic << 24;
        *norma_apic(0x300) = 0x4608;
        int64_t until = norma_now() + 1000000000;
        while (norma_starting && norma_now() < until) norma_relax();
    }
    if (norma_starting) __builtin_trap();
}
