/*
 * Console and exit of the bare x86_64 differential tests (COM1 and isa-debug-exit).
 * Owner: arch/aot.
 */
#include "difftest.h"

static void out8(uint16_t port, uint8_t value) {
    __asm__ volatile("outb %0, %1" ::"a"(value), "Nd"(port));
}

void difftest_putc(int32_t byte) { out8(0x3f8, (uint8_t)byte); }

void difftest_exit(int32_t status) {
    out8(0xf4, (uint8_t)status);
    for (;;) __asm__ volatile("hlt");
}
