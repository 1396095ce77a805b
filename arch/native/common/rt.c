/*
 * The four functions clang may call on its own in a freestanding image.
 *
 * Contract: as in the C standard. Compiled with -fno-builtin, so that a loop is not turned back
 * into a call of itself. Linux images use the C library's instead.
 * Owner: arch/aot.
 */
#include <stddef.h>
#include <stdint.h>

#ifndef __linux__

/* Eight bytes are copied at a time when both addresses allow it. */
static int aligned(const void *a, const void *b) {
    return (((uintptr_t)a | (uintptr_t)b) & 7) == 0;
}

void *memcpy(void *restrict to, const void *restrict from, size_t bytes) {
    char *d = to;
    const char *s = from;
    if (aligned(d, s))
        for (; bytes >= 8; bytes -= 8, d += 8, s += 8) *(uint64_t *)d = *(const uint64_t *)s;
    while (bytes--) *d++ = *s++;
    return to;
}

void *memmove(void *to, const void *from, size_t bytes) {
    char *d = to;
    const char *s = from;
    if ((uintptr_t)d - (uintptr_t)s >= bytes) return memcpy(to, from, bytes);
    while (bytes--) d[bytes] = s[bytes];
    return to;
}

void *memset(void *to, int value, size_t bytes) {
    char *d = to;
    if (aligned(d, d)) {
        uint64_t word = 0x0101010101010101ull * (uint8_t)value;
        for (; bytes >= 8; bytes -= 8, d += 8) *(uint64_t *)d = word;
    }
    while (bytes--) *d++ = (char)value;
    return to;
}

int memcmp(const void *a, const void *b, size_t bytes) {
    const uint8_t *p = a, *q = b;
    for (; bytes; bytes--, p++, q++)
        if (*p != *q) return *p - *q;
    return 0;
}

#endif
