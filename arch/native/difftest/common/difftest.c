/*
 * Panic printer of the differential tests: what the kernel's Java panic path does, in C.
 * Owner: arch/aot.
 */
#include "rt.h"
#include "difftest.h"

static void text(const char *s) {
    while (*s) difftest_putc(*s++);
}

static void java(ref s) {
    for (int32_t i = 0; s && i < rt_string_length(s); i++) difftest_putc(rt_string_char_at(s, i));
}

static void number(uint64_t n, unsigned base) {
    if (n >= base) number(n / base, base);
    difftest_putc("0123456789abcdef"[n % base]);
}

static const char *const kinds[] = {
    "?", "NullPointer", "ArrayIndex", "Arithmetic", "ClassCast", "ArrayStore",
    "NegativeArraySize", "Assertion", "Thrown", "Unreachable",
};

/* rt.h leaves this to the generated file; the panic printer compares no strings. */
static inline int32_t rt_is_string(ref o) { return o != 0; }

void difftest_panic(uint64_t pc) {
    int32_t kind = rt_panic_kind((int64_t)pc);
    text("PANIC ");
    text(kinds[kind]);
    if (kind) {
        text(" ");
        java(rt_panic_file((int64_t)pc));
        text(":");
        number((uint64_t)rt_panic_line((int64_t)pc), 10);
        if (rt_panic_detail((int64_t)pc)) {
            text(" ");
            java(rt_panic_detail((int64_t)pc));
        }
    } else {
        text(" pc ");
        number(pc, 16);
    }
    text("\n");
    difftest_exit(3);
}
