/*
 * Run-time header of compiled Java: included first by every generated C file.
 *
 * Contract: object layout, checks and panics, atomics, the small library that replaces native
 * methods of java.base. No allocation, no state except what rt_image_init sets.
 * Invariants: `ref` is null or the address of an object header; an array header is followed
 * directly by the elements; a failed check executes a trap instruction that is unique to its place
 * and is described by one record of section .norma_panics.
 * Owner: arch/aot.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef void *ref;

#define RT_UNLIKELY(x) __builtin_expect(!!(x), 0)
/* Methods marked Cold, NoInline and Inline. */
#define RT_COLD __attribute__((cold, noinline))
#define RT_NOINLINE __attribute__((noinline))
#define RT_INLINE inline __attribute__((always_inline))

/* ---- object layout --------------------------------------------------------------------------- */

struct rt_object { uint32_t class_id; };
struct rt_array { uint32_t class_id; int32_t length; };
struct rt_array_byte { uint32_t class_id; int32_t length; int8_t e[]; };
struct rt_array_char { uint32_t class_id; int32_t length; uint16_t e[]; };
struct rt_array_short { uint32_t class_id; int32_t length; int16_t e[]; };
struct rt_array_int { uint32_t class_id; int32_t length; int32_t e[]; };
struct rt_array_long { uint32_t class_id; int32_t length; int64_t e[]; };
struct rt_array_ref { uint32_t class_id; int32_t length; ref e[]; };
/* Java String: Latin-1 bytes when !wide, else UTF-16 code units, directly after this header. */
struct rt_string { uint32_t class_id; int32_t length; uint8_t wide; uint8_t pad[3]; };

#define RT_CLASS_ID(o) (((const struct rt_object *)(o))->class_id)
#define RT_LENGTH(a) (((const struct rt_array *)(a))->length)
#define RT_ELEMENTS(tag, a) (((struct rt_array_##tag *)(a))->e)

/* Header of a large zero table that lives in .bss; written by rt_image_init. */
struct rt_bss_header { struct rt_array *array; uint32_t class_id; int32_t length; };

/* Sets up the headers of .bss tables: called once, by the boot core, before any entry. */
void rt_image_init(void);

/* ---- panics ---------------------------------------------------------------------------------- */

enum rt_panic_kind {
    RT_NULL_POINTER = 1,
    RT_ARRAY_INDEX = 2,
    RT_ARITHMETIC = 3,
    RT_CLASS_CAST = 4,
    RT_ARRAY_STORE = 5,
    RT_NEGATIVE_ARRAY_SIZE = 6,
    RT_ASSERTION = 7,
    RT_THROWN = 8,
    RT_UNREACHABLE = 9,
};

/* One record of .norma_panics. `file` and `detail` index rt_panic_strings. */
struct rt_panic_record { uint64_t pc; int32_t kind, file, line, detail; };

/* Bounds of the section, defined by the linker script. */
extern const struct rt_panic_record __norma_panics_start[], __norma_panics_end[];
/* Java strings: source file names, names of thrown classes; index 0 is null. Generated. */
extern const ref rt_panic_strings[];

#if defined(__riscv)
#define RT_TRAP "unimp"
#else
#define RT_TRAP "ud2"
#endif

/* __COUNTER__ makes every place a different text, or clang would merge the traps. */
#define RT_PANIC(kind, file, line, detail) RT_PANIC_(kind, file, line, detail, __COUNTER__)
#define RT_PANIC_(kind, file, line, detail, unique)                                               \
    do {                                                                                          \
        __asm__ volatile("1:\t" RT_TRAP "\n"                                                      \
                         "\t.pushsection .norma_panics,\"a\",@progbits\n"                         \
                         "\t.balign 8\n\t.quad 1b\n\t.long %c0, %c1, %c2, %c3\n"                  \
                         "\t.popsection # %c4"                                                    \
                         ::"i"(kind), "i"(file), "i"(line), "i"(detail), "i"(unique));            \
        __builtin_unreachable();                                                                  \
    } while (0)

#define RT_CHECK_NULL(x, file, line)                                                              \
    do { if (RT_UNLIKELY(!(x))) RT_PANIC(RT_NULL_POINTER, file, line, 0); } while (0)
#define RT_CHECK_INDEX(i, n, file, line)                                                          \
    do {                                                                                          \
        if (RT_UNLIKELY((uint32_t)(i) >= (uint32_t)(n))) RT_PANIC(RT_ARRAY_INDEX, file, line, 0); \
    } while (0)
#define RT_CHECK_DIVISOR(x, file, line)                                                           \
    do { if (RT_UNLIKELY(!(x))) RT_PANIC(RT_ARITHMETIC, file, line, 0); } while (0)
#define RT_CHECK(ok, kind, file, line)                                                            \
    do { if (RT_UNLIKELY(!(ok))) RT_PANIC(kind, file, line, 0); } while (0)

/* Look-up for the panic path, usable as intrinsics. A pc that is no panic site gives kind 0. */
static inline const struct rt_panic_record *rt_panic_find(int64_t pc) {
    for (const struct rt_panic_record *r = __norma_panics_start; r < __norma_panics_end; r++)
        if (r->pc == (uint64_t)pc) return r;
    return 0;
}
static inline int32_t rt_panic_kind(int64_t pc) {
    const struct rt_panic_record *r = rt_panic_find(pc);
    return r ? r->kind : 0;
}
static inline int32_t rt_panic_line(int64_t pc) {
    const struct rt_panic_record *r = rt_panic_find(pc);
    return r ? r->line : 0;
}
static inline ref rt_panic_file(int64_t pc) {
    const struct rt_panic_record *r = rt_panic_find(pc);
    return r ? rt_panic_strings[r->file] : 0;
}
static inline ref rt_panic_detail(int64_t pc) {
    const struct rt_panic_record *r = rt_panic_find(pc);
    return r ? rt_panic_strings[r->detail] : 0;
}

/* ---- arithmetic with Java's rules ------------------------------------------------------------ */

static inline int32_t rt_idiv(int32_t a, int32_t b) { return b == -1 ? -a : a / b; }
static inline int32_t rt_irem(int32_t a, int32_t b) { return b == -1 ? 0 : a % b; }
static inline int64_t rt_ldiv(int64_t a, int64_t b) { return b == -1 ? -a : a / b; }
static inline int64_t rt_lrem(int64_t a, int64_t b) { return b == -1 ? 0 : a % b; }
static inline int32_t rt_lcmp(int64_t a, int64_t b) { return (a > b) - (a < b); }
static inline int32_t rt_ishl(int32_t a, int32_t b) { return (int32_t)((uint32_t)a << (b & 31)); }
static inline int32_t rt_ishr(int32_t a, int32_t b) { return a >> (b & 31); }
static inline int32_t rt_iushr(int32_t a, int32_t b) { return (int32_t)((uint32_t)a >> (b & 31)); }
static inline int64_t rt_lshl(int64_t a, int32_t b) { return (int64_t)((uint64_t)a << (b & 63)); }
static inline int64_t rt_lshr(int64_t a, int32_t b) { return a >> (b & 63); }
static inline int64_t rt_lushr(int64_t a, int32_t b) { return (int64_t)((uint64_t)a >> (b & 63)); }

static inline int32_t rt_clz32(int32_t x) { return x ? __builtin_clz((uint32_t)x) : 32; }
static inline int32_t rt_ctz32(int32_t x) { return x ? __builtin_ctz((uint32_t)x) : 32; }
static inline int32_t rt_clz64(int64_t x) { return x ? __builtin_clzll((uint64_t)x) : 64; }
static inline int32_t rt_ctz64(int64_t x) { return x ? __builtin_ctzll((uint64_t)x) : 64; }
static inline int32_t rt_popcount32(int32_t x) { return __builtin_popcount((uint32_t)x); }
static inline int32_t rt_popcount64(int64_t x) { return __builtin_popcountll((uint64_t)x); }
static inline int32_t rt_bswap32(int32_t x) { return (int32_t)__builtin_bswap32((uint32_t)x); }
static inline int64_t rt_bswap64(int64_t x) { return (int64_t)__builtin_bswap64((uint64_t)x); }
static inline int64_t rt_mulhi64(int64_t a, int64_t b) {
    return (int64_t)(((__int128)a * b) >> 64);
}
static inline int64_t rt_umulhi64(int64_t a, int64_t b) {
    return (int64_t)(((unsigned __int128)(uint64_t)a * (uint64_t)b) >> 64);
}

/* ---- atomics --------------------------------------------------------------------------------- */

#define RT_COMPARE_AND_SET(p, expected, desired, weak, success, failure)                          \
    ({                                                                                            \
        __typeof__(*(p)) expected_ = (__typeof__(*(p)))(expected);                                \
        __atomic_compare_exchange_n(p, &expected_, (__typeof__(*(p)))(desired), weak, success,    \
                                    failure);                                                     \
    })
#define RT_COMPARE_AND_EXCHANGE(p, expected, desired, success, failure)                           \
    ({                                                                                            \
        __typeof__(*(p)) expected_ = (__typeof__(*(p)))(expected);                                \
        __atomic_compare_exchange_n(p, &expected_, (__typeof__(*(p)))(desired), 0, success,       \
                                    failure);                                                     \
        expected_;                                                                                \
    })

/* Java's Thread.onSpinWait: a hint inside a spin loop, and a compiler barrier. */
static inline void rt_relax(void) {
#if defined(__riscv)
    /* pause, by number: the assembler may not know Zihintpause */
    __asm__ volatile(".word 0x0100000f" ::: "memory");
#else
    __asm__ volatile("pause" ::: "memory");
#endif
}

/* ---- memory ---------------------------------------------------------------------------------- */

void *memcpy(void *to, const void *from, size_t bytes);
void *memmove(void *to, const void *from, size_t bytes);
void *memset(void *to, int value, size_t bytes);
int memcmp(const void *a, const void *b, size_t bytes);

/* System.arraycopy of primitive arrays with elements of the given tag; the checks panic. */
#define RT_ARRAYCOPY(tag, from, from_at, to, to_at, count, file, line)                            \
    do {                                                                                          \
        RT_CHECK_NULL(from, file, line);                                                          \
        RT_CHECK_NULL(to, file, line);                                                            \
        int64_t count_ = (count);                                                                 \
        RT_CHECK(((from_at) | (to_at) | (count)) >= 0                                             \
                     && (from_at) + count_ <= RT_LENGTH(from)                                     \
                     && (to_at) + count_ <= RT_LENGTH(to),                                        \
                 RT_ARRAY_INDEX, file, line);                                                     \
        memmove(&RT_ELEMENTS(tag, to)[to_at], &RT_ELEMENTS(tag, from)[from_at],                   \
                (size_t)count_ * sizeof(RT_ELEMENTS(tag, to)[0]));                                \
    } while (0)

/* ---- strings --------------------------------------------------------------------------------- */

static inline int32_t rt_string_length(ref s) { return ((const struct rt_string *)s)->length; }
static inline int32_t rt_string_is_empty(ref s) { return rt_string_length(s) == 0; }
/* The caller has checked the index. */
static inline int32_t rt_string_char_at(ref s, int32_t i) {
    const struct rt_string *string = s;
    const void *data = string + 1;
    return string->wide ? ((const uint16_t *)data)[i] : ((const uint8_t *)data)[i];
}
static inline int32_t rt_string_hash(ref s) {
    int32_t hash = 0;
    for (int32_t i = 0; i < rt_string_length(s); i++) hash = 31 * hash + rt_string_char_at(s, i);
    return hash;
}
/* Defined in the generated file, which knows the class id of String. */
static inline int32_t rt_is_string(ref o);
static inline int32_t rt_string_equals(ref a, ref b) {
    if (a == b) return 1;
    if (!b || !rt_is_string(b) || rt_string_length(a) != rt_string_length(b)) return 0;
    for (int32_t i = 0; i < rt_string_length(a); i++)
        if (rt_string_char_at(a, i) != rt_string_char_at(b, i)) return 0;
    return 1;
}
static inline int32_t rt_string_compare(ref a, ref b) {
    int32_t n = rt_string_length(a), m = rt_string_length(b);
    for (int32_t i = 0; i < n && i < m; i++) {
        int32_t difference = rt_string_char_at(a, i) - rt_string_char_at(b, i);
        if (difference) return difference;
    }
    return n - m;
}

#include "intrinsics.h"
