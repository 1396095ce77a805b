/*
 * The runtime of a program in C. Each call is told to the thread's witness log first, as norma.user.Witness
 * does, so that what the kernel did can be checked against what the program asked and got.
 * Contract: norma.h; the log's: norma.abi.Shared. One thread a program. Owner: userland/programs.
 */
#include "norma.h"
#include "memory_map.h"

static int64_t slot;
static volatile int64_t *area;

static volatile int64_t *shared(int64_t offset) {
    return (volatile int64_t *)(NORMA_USER_SHARED + (uint64_t)offset);
}

static void release(volatile int64_t *at, int64_t value) {
    __atomic_store_n(at, value, __ATOMIC_RELEASE);
}

static void relax(void) {
#if defined(__riscv)
    __asm__ volatile(".word 0x0100000f" ::: "memory"); /* pause */
#else
    __asm__ volatile("pause" ::: "memory");
#endif
}

static int64_t enter(int32_t number, int64_t a, int64_t b, int64_t c, int64_t d, int64_t *word) {
#if defined(__riscv)
    register int64_t a0 __asm__("a0") = a, a1 __asm__("a1") = b, a2 __asm__("a2") = c;
    register int64_t a3 __asm__("a3") = d, a7 __asm__("a7") = number;
    __asm__ volatile("ecall" : "+r"(a0), "+r"(a1) : "r"(a2), "r"(a3), "r"(a7) : "memory");
    *word = a1;
    return a0;
#else
    int64_t rax = number, rdx = c;
    register int64_t r10 __asm__("r10") = d;
    __asm__ volatile("int $0x80" : "+a"(rax), "+d"(rdx) : "D"(a), "S"(b), "r"(r10) : "memory");
    *word = rdx;
    return rax;
#endif
}

/* The head, and entries, of the log; in words of 64 bits. */
enum { HEAD = SHARED_WITNESS_HEAD / 8, TAIL = SHARED_WITNESS_TAIL / 8 };
enum { ENTRIES = SHARED_WITNESS_ENTRIES / 8, ENTRY = SHARED_WITNESS_BYTES / 8 };
enum { NUMBER, ARGUMENTS, RESULT = 5, WORD, COUNT };

static volatile int64_t *request(int32_t number, const int64_t *arguments) {
    int64_t entries = *shared(SHARED_OFF_WITNESS_ENTRIES), head = area[HEAD];
    if (!(*shared(SHARED_OFF_FLAGS) & (SHARED_WHOLE_RUN | SHARED_OVERWRITE)))
        while ((head >> 1) - __atomic_load_n(&area[TAIL], __ATOMIC_ACQUIRE) >= entries) relax();
    volatile int64_t *entry = area + ENTRIES + (head >> 1 & (entries - 1)) * ENTRY;
    entry[NUMBER] = number;
    for (int i = 0; i < 4; i++) entry[ARGUMENTS + i] = arguments[i];
    entry[RESULT] = -1;
    entry[WORD] = 0;
    entry[COUNT] = head >> 1;
    release(&area[HEAD], head + 1);
    return entry;
}

struct norma_answer norma_system_call(int32_t number, int64_t a, int64_t b, int64_t c, int64_t d) {
    const int64_t arguments[] = {a, b, c, d};
    volatile int64_t *entry = request(number, arguments);
    int64_t word, result = enter(number, a, b, c, d, &word);
    entry[WORD] = word;
    entry[RESULT] = result;
    release(&area[HEAD], area[HEAD] + 1);
    return (struct norma_answer){result & 0xff, result >> 16 & 0xffff, result >> 32 & 0xffff, word};
}

struct norma_answer norma_call(int64_t channel, int64_t payload, int64_t timeout) {
    return norma_system_call(SYSTEM_CALL_CALL, channel, payload, timeout, 0);
}
struct norma_answer norma_receive(int64_t channel) {
    return norma_system_call(SYSTEM_CALL_RECEIVE, channel, 0, 0, 0);
}
struct norma_answer norma_reply(int64_t channel, int64_t tag, int64_t payload) {
    return norma_system_call(SYSTEM_CALL_REPLY, channel, tag, payload, 0);
}
struct norma_answer norma_map(int64_t first, int64_t last, int64_t rights) {
    return norma_system_call(SYSTEM_CALL_MAP, first, last, rights, 0);
}
struct norma_answer norma_unmap(int64_t first, int64_t last) {
    return norma_system_call(SYSTEM_CALL_UNMAP, first, last, 0, 0);
}
struct norma_answer norma_protect(int64_t first, int64_t last, int64_t rights) {
    return norma_system_call(SYSTEM_CALL_PROTECT, first, last, rights, 0);
}
void norma_sleep(int64_t nanoseconds) { norma_system_call(SYSTEM_CALL_SLEEP, nanoseconds, 0, 0, 0); }
void norma_yield(void) { norma_system_call(SYSTEM_CALL_YIELD, 0, 0, 0, 0); }

_Noreturn void norma_exit(void) {
    for (;;) norma_system_call(SYSTEM_CALL_EXIT, 0, 0, 0, 0);
}

int64_t norma_slot(void) { return slot; }

/* The loader comes here. */
void _start(int64_t own, int64_t argument) {
    int64_t entries = *shared(SHARED_OFF_WITNESS_ENTRIES);
    slot = own;
    area = shared(*shared(SHARED_OFF_WITNESS) + own * (SHARED_WITNESS_ENTRIES + entries * SHARED_WITNESS_BYTES));
    norma_main(argument);
    norma_exit();
}
