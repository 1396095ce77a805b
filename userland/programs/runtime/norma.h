/*
 * What a program in C has of Norma: the system calls, and where it begins. Numbers, codes and the layout of
 * the shared block are generated from norma.abi (offsets.h).
 * Contract: norma_main is called once, with what the program was begun with; its thread ends when it returns.
 * No registers of floating point: the kernel keeps none. Owner: userland/programs.
 */
#pragma once
#include <stdint.h>
#include "offsets.h"

/* What the kernel answered: a code (CODE_OK and so on), and for a message its tag, its sender, its word. */
struct norma_answer {
    int32_t code;
    int32_t tag;
    int32_t caller;
    int64_t word;
};

void norma_main(int64_t argument);

/* The slot of the thread. */
int64_t norma_slot(void);

/* Any system call, by its number (SYSTEM_CALL_CALL and so on). */
struct norma_answer norma_system_call(int32_t number, int64_t a, int64_t b, int64_t c, int64_t d);

/* Calls a channel; timeout in ns, 0: none. The answer's word is the reply. */
struct norma_answer norma_call(int64_t channel, int64_t payload, int64_t timeout);
struct norma_answer norma_receive(int64_t channel);
struct norma_answer norma_reply(int64_t channel, int64_t tag, int64_t payload);
/* Pages from first to last of the process's own, RIGHTS_WRITE and so on. */
struct norma_answer norma_map(int64_t first, int64_t last, int64_t rights);
struct norma_answer norma_unmap(int64_t first, int64_t last);
struct norma_answer norma_protect(int64_t first, int64_t last, int64_t rights);
void norma_sleep(int64_t nanoseconds);
void norma_yield(void);
_Noreturn void norma_exit(void);
