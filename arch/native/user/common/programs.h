/*
 * User mode puts programs of the archive into its own pages (norma.user.Loader). Contract: each function is
 * the metal side of the method of norma.user.Gate that names it. Owner: arch/native/user.
 */
#pragma once
static inline int32_t norma_octet(int64_t offset) {
    return *(volatile uint8_t *)(ADDRESSES_PROGRAMS + (uint64_t)offset);
}
static inline void norma_install(int64_t to, int64_t offset, int64_t bytes) {
    memcpy((void *)to, (const void *)(ADDRESSES_PROGRAMS + (uint64_t)offset), (size_t)bytes);
}
static inline int32_t norma_user_machine(void) { return NORMA_ELF_MACHINE; }
