/*
 * The page tables of address spaces: metal side of norma.kernel.hal.Tables. Owner: arch/native; the other
 * side: spaces.c. What each architecture has of its own is in its intrinsics.h.
 */
#pragma once
#include <stdint.h>

void norma_tables_make(int32_t space);
void norma_tables_load(int32_t space);
void norma_tables_enter(int32_t space, int32_t page, int64_t frame, int32_t rights);
void norma_frame_clear(int64_t frame);
void norma_frame_copy(int64_t from, int64_t to);

/* The page of the window that an address is in, or -1. */
static inline int32_t norma_window_page(uint64_t at) {
    uint64_t offset = at - NORMA_USER_WINDOW;
    return offset < LIMITS_PAGES * NORMA_PAGE ? (int32_t)(offset / NORMA_PAGE) : -1;
}
