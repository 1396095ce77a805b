/*
 * The part of the Java HAL's intrinsics that is the same C on every architecture.
 *
 * Contract: addresses are longs. mmio_* are volatile accesses of exactly the given width; raw_* are
 * plain accesses of RAM that no Java object covers.
 * Owner: arch/aot.
 */
#pragma once
#include <stdint.h>

#define HAL_ACCESS(name, type, java)                                                              \
    static inline java mmio_read_##name(int64_t at) { return (java)*(volatile type *)at; }        \
    static inline void mmio_write_##name(int64_t at, java value) {                                \
        *(volatile type *)at = (type)value;                                                       \
    }                                                                                             \
    static inline java raw_read_##name(int64_t at) { return (java)*(type *)at; }                  \
    static inline void raw_write_##name(int64_t at, java value) { *(type *)at = (type)value; }

HAL_ACCESS(8, uint8_t, int32_t)
HAL_ACCESS(16, uint16_t, int32_t)
HAL_ACCESS(32, uint32_t, int32_t)
HAL_ACCESS(64, uint64_t, int64_t)

/* Atomics on RAM outside the image heap: page table entries, shared rings, frame metadata. */
static inline int64_t raw_load_acquire_64(int64_t at) {
    return __atomic_load_n((int64_t *)at, __ATOMIC_ACQUIRE);
}
static inline void raw_store_release_64(int64_t at, int64_t value) {
    __atomic_store_n((int64_t *)at, value, __ATOMIC_RELEASE);
}
static inline int32_t raw_load_acquire_32(int64_t at) {
    return __atomic_load_n((int32_t *)at, __ATOMIC_ACQUIRE);
}
static inline void raw_store_release_32(int64_t at, int32_t value) {
    __atomic_store_n((int32_t *)at, value, __ATOMIC_RELEASE);
}
static inline int32_t raw_compare_and_set_64(int64_t at, int64_t expected, int64_t desired) {
    return RT_COMPARE_AND_SET((int64_t *)at, expected, desired, 0, __ATOMIC_SEQ_CST,
                              __ATOMIC_SEQ_CST);
}
static inline int32_t raw_compare_and_set_32(int64_t at, int32_t expected, int32_t desired) {
    return RT_COMPARE_AND_SET((int32_t *)at, expected, desired, 0, __ATOMIC_SEQ_CST,
                              __ATOMIC_SEQ_CST);
}
static inline int64_t raw_get_and_add_64(int64_t at, int64_t delta) {
    return __atomic_fetch_add((int64_t *)at, delta, __ATOMIC_SEQ_CST);
}
static inline int32_t raw_get_and_add_32(int64_t at, int32_t delta) {
    return __atomic_fetch_add((int32_t *)at, delta, __ATOMIC_SEQ_CST);
}
static inline void raw_copy(int64_t to, int64_t from, int64_t bytes) {
    memmove((void *)to, (const void *)from, (size_t)bytes);
}
static inline void raw_fill(int64_t to, int32_t value, int64_t bytes) {
    memset((void *)to, value, (size_t)bytes);
}

/* The address of an object, or of an array's first element; image objects never move. */
static inline int64_t address_of(ref object) { return (int64_t)(intptr_t)object; }
static inline int64_t address_of_elements(ref array) {
    return (int64_t)(intptr_t)((char *)array + sizeof(struct rt_array));
}
