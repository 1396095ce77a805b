/*
 * Console and exit of the bare riscv64 differential tests (QEMU virt: ns16550 and the test device).
 * Owner: arch/aot.
 */
#include "difftest.h"

void difftest_putc(int32_t byte) {
    volatile uint8_t *uart = (volatile uint8_t *)0x10000000;
    while (!(uart[5] & 0x20)) {
    }
    uart[0] = (uint8_t)byte;
}

void difftest_exit(int32_t status) {
    *(volatile uint32_t *)0x100000 = status ? ((uint32_t)status << 16 | 0x3333) : 0x5555;
    for (;;) {
    }
}
