/*
 * Runs a differential test as a Linux program: standard output is the console, SIGILL is a panic.
 * Owner: arch/aot.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <ucontext.h>

#include "difftest.h"

void rt_image_init(void);
void difftest_main(int argument);

void difftest_putc(int32_t byte) { putchar(byte); }

void difftest_exit(int32_t status) {
    fflush(stdout);
    _Exit(status);
}

static void on_trap(int signal, siginfo_t *info, void *context) {
    (void)signal;
    (void)info;
    difftest_panic((uint64_t)((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP]);
}

int main(int count, char **arguments) {
    struct sigaction action = {.sa_sigaction = on_trap, .sa_flags = SA_SIGINFO};
    sigaction(SIGILL, &action, 0);
    rt_image_init();
    difftest_main(count > 1 ? atoi(arguments[1]) : 0);
    difftest_exit(0);
}
