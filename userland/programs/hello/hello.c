/*
 * Shows that a program is where it was linked to be: what it has of constants, of data with and without
 * values, and its stack, it uses and adds up; then it calls channel 0 with the sum. A wrong sum is the
 * server's to tell.
 */
#include "norma.h"

static const int32_t constants[1500] = {1, 2, [1499] = 3};
static int64_t values[600] = {[0] = 10, [599] = 20};
static int64_t zeroes[700];

/* Deep enough for the second page of the stack; what each level keeps must be there afterwards. */
static __attribute__((noinline)) int64_t deep(int64_t levels) {
    volatile int64_t kept[16];
    for (int i = 0; i < 16; i++) kept[i] = levels;
    int64_t below = levels > 1 ? deep(levels - 1) : 0;
    return below + kept[0] + kept[15];
}

static int64_t sum(void) {
    int64_t total = 0;
    for (int i = 0; i < 1500; i++) total += constants[i];
    for (int i = 0; i < 600; i++) total += values[i];
    for (int i = 0; i < 700; i++) total += zeroes[i];
    return total;
}

/* 36, 36 more, and 30 * 31 = 930 for the stack, at each round; the argument is what the first begins with. */
void norma_main(int64_t argument) {
    int64_t total = argument;
    for (int round = 0; round < 2; round++) {
        total += sum() + deep(30);
        values[300] += 5;
        zeroes[699] -= 5;
    }
    struct norma_answer answer = norma_call(0, total, 0);
    if (answer.code != CODE_OK || answer.word != total + 1) norma_call(0, -1, 0);
}
