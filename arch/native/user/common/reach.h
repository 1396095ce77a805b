/*
 * User mode reaches a page of its address space (norma.user.Gate.reach). Contract: a function of its own, and
 * each access one instruction, which is the one that a page fault has executed again.
 * Owner: arch/native/user.
 */
#pragma once

static RT_NOINLINE int64_t norma_reach(int32_t page, int32_t access, int64_t value) {
    volatile uint64_t *at = (volatile uint64_t *)(NORMA_USER_WINDOW + (uint64_t)page * NORMA_PAGE);
    switch (access) {
    case RIGHTS_READ: return (int64_t)at[1];
    case RIGHTS_WRITE:
        /* The first store faults: what is loaded behind it is what a copy has. (No exchange: QEMU tells its fault
         * as a load's.) */
        at[0] = NORMA_RETURN;
        uint64_t before = at[1];
        at[1] = (uint64_t)value;
        return (int64_t)before;
    case RIGHTS_EXECUTE:
        norma_fetch_again();
        ((void (*)(void))at)();
        return 0;
    default: return 0;
    }
}
