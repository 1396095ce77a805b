/* User mode's accesses to the block shared with the host (norma.abi.Shared). Owner: arch/native/user. */
#pragma once
static inline int64_t *norma_word(int64_t at) { return (int64_t *)(NORMA_USER_SHARED + (uint64_t)at); }
static inline int64_t norma_load(int64_t at) { return *(volatile int64_t *)norma_word(at); }
static inline void norma_store(int64_t at, int64_t v) { *(volatile int64_t *)norma_word(at) = v; }
static inline int64_t norma_load_acquire(int64_t at) {
    return __atomic_load_n(norma_word(at), __ATOMIC_ACQUIRE);
}
static inline void norma_store_release(int64_t at, int64_t v) {
    __atomic_store_n(norma_word(at), v, __ATOMIC_RELEASE);
}
