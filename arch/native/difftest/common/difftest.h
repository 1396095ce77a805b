/*
 * Intrinsics of the differential tests, the same on every target: one output byte at a time.
 * Owner: arch/aot.
 */
#pragma once
#include <stdint.h>

/* Writes one byte to the target's console. */
void difftest_putc(int32_t byte);
/* Writes one byte and returns its successor; the receiver of the Java method is not used. */
static inline int32_t difftest_port(void *self, int32_t byte) {
    (void)self;
    difftest_putc(byte);
    return byte + 1;
}
/* Ends the run: status 0 is success. */
void difftest_exit(int32_t status) __attribute__((noreturn));
/* Prints the panic record of the trap at pc as "PANIC kind file:line detail" and exits with 3. */
void difftest_panic(uint64_t pc) __attribute__((noreturn));
