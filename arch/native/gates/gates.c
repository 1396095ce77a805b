/*
 * Gates of the exploration image: a schedule says which core makes the next step.
 * Contract: at most one core is between its turn and its next gate; all others wait at theirs, or
 * run user code, which nobody else sees. Interrupts and time are the schedule's: no hardware
 * interrupt is ever raised; a core takes one where the kernel could have been entered by it: in
 * user mode, before the instruction that enters the kernel, or where it waits for one.
 * The machine is never switched off: the host puts it back to where it was, and it goes another way.
 * Linked with --wrap for the two entries that assembly calls. Layout: norma.abi.Gate.
 * Owner: arch/native/gates.
 */
#include "intrinsics.h"

void norma_gated_relax(void);

static volatile int64_t *word(uint64_t offset) {
    return (volatile int64_t *)(NORMA_DIRECT + NORMA_RAM + GATE_BASE + offset);
}
static volatile int64_t *of_core(uint64_t core, uint64_t offset) {
    return word(GATE_OFF_CORES + core * GATE_CORE_BYTES + offset);
}
static int64_t position(void) {
    return __atomic_load_n(word(GATE_OFF_POSITION), __ATOMIC_ACQUIRE);
}
static volatile int64_t *step(int64_t at) {
    return word(GATE_OFF_STEPS + (uint64_t)at * GATE_STEP_BYTES);
}
static int32_t kind(int64_t at) { return (int32_t)(*step(at) >> GATE_KIND_SHIFT & 0xff); }

/*
 * Lets another virtual core run. Not by the timer, as norma_relax does on riscv: a core that sleeps
 * until then would not wake in a machine that was put back to its beginning (QEMU 7.2 forgets
 * stimecmp's timer). An interrupt that is pending and masked ends wfi at once.
 */
void norma_gated_relax(void) {
#if defined(__riscv)
    __asm__ volatile("csrs sip, %0\n\twfi\n\tcsrc sip, %0" ::"r"(2ul) : "memory");
#else
    norma_relax();
#endif
}

/* Everything stays as it is, for the host to see. */
static void stray(uint64_t core, uint32_t place, int reason) {
    *word(GATE_OFF_REASON) = reason;
    *word(GATE_OFF_CORE) = (int64_t)core;
    *word(GATE_OFF_PLACE) = place;
    __atomic_store_n(word(GATE_OFF_STATUS), GATE_STRAYED, __ATOMIC_RELEASE);
    for (;;) norma_gated_relax();
}

/* This core's step is over. */
static void hand_over(void) {
    int64_t next = position() + 1, count = *word(GATE_OFF_COUNT);
    for (; next < count && kind(next) == GATE_LEAP; next++) *word(GATE_OFF_TIME) = step(next)[1];
    __atomic_store_n(word(GATE_OFF_POSITION), next, __ATOMIC_RELEASE);
    if (next >= count) __atomic_store_n(word(GATE_OFF_STATUS), GATE_DONE, __ATOMIC_RELEASE);
}

/*
 * The timer of the hardware is nobody's, whatever the firmware or the machine's last reset left in
 * it: it would find a core in user mode. On x86_64 it is off until it is armed.
 */
static void no_timer(void) {
#if defined(__riscv)
    __asm__ volatile("csrc sie, %0" ::"r"(0x20ul) : "memory");
#endif
}

/* Waits for the turn of this core: what it does then. */
static int32_t turn(uint32_t place) {
    uint64_t core = norma_self()->index;
    no_timer();
    if (*of_core(core, GATE_CORE_HOLDS)) {
        *of_core(core, GATE_CORE_HOLDS) = 0;
        hand_over();
    }
    *of_core(core, GATE_CORE_PLACE) = place;
    for (;;) {
        int64_t at = position();
        if (at < *word(GATE_OFF_COUNT) && (uint64_t)(*step(at) & 0xff) == core
            && kind(at) != GATE_LEAP) break;
        norma_gated_relax();
    }
    int64_t at = position();
    *of_core(core, GATE_CORE_PLACE) = 0;
    *of_core(core, GATE_CORE_HOLDS) = 1;
    if ((uint32_t)((uint64_t)*step(at) >> GATE_PLACE_SHIFT) != place)
        stray(core, place, GATE_OTHER_PLACE);
    if (kind(at) == GATE_IPI) {
        if (!*of_core(core, GATE_CORE_IPI)) stray(core, place, GATE_NO_IPI);
        *of_core(core, GATE_CORE_IPI) = 0;
    }
    if (kind(at) == GATE_TIMER) {
        if (*of_core(core, GATE_CORE_TIMER) > *word(GATE_OFF_TIME))
            stray(core, place, GATE_NO_TIMER);
        *of_core(core, GATE_CORE_TIMER) = INT64_MAX;
    }
    return kind(at);
}

void norma_gate(uint32_t place) {
    if (turn(place) != GATE_STEP) stray(norma_self()->index, place, GATE_CLOSED);
}
int64_t norma_gated_now(void) {
    norma_gate(GATE_NOW);
    return *word(GATE_OFF_TIME);
}
void norma_gated_arm(int64_t deadline) {
    norma_gate(GATE_ARM);
    *of_core(norma_self()->index, GATE_CORE_TIMER) = deadline;
}
void norma_gated_send_ipi(int32_t core) {
    norma_gate(GATE_SEND_IPI);
    *of_core((uint64_t)core, GATE_CORE_IPI) = 1;
}
void norma_gated_start_core(int32_t core) {
    norma_gate(GATE_START_CORE);
    norma_start_core(core);
}
int32_t norma_gated_wait_for_interrupt(void) {
    int32_t how = turn(GATE_WAIT);
    if (how == GATE_STEP) stray(norma_self()->index, GATE_WAIT, GATE_CLOSED);
    return how == GATE_TIMER ? CAUSE_TIMER : CAUSE_IPI;
}
/* The last of all: the turn never comes, and the machine stays for the next course. */
void norma_gated_power_off(int32_t status) {
    norma_gate(GATE_POWER_OFF);
    norma_power_off(status);
}

/* --- the entries that assembly calls ------------------------------------------------------------ */
ref __real_norma_trap(ref core, int32_t cause, int64_t pc);
ref __real_norma_core_main(ref core);

/*
 * The core's thread is about to enter the kernel. An interrupt that the schedule says instead finds
 * it before that instruction, which is executed again when the thread goes on.
 */
ref __wrap_norma_trap(ref core, int32_t cause, int64_t pc) {
    int32_t how = turn(GATE_USER);
    if (how == GATE_STEP) return __real_norma_trap(core, cause, pc);
    char *frame = norma_self()->frame;
    if (cause == CAUSE_SYSTEM_CALL) {
        *(int64_t *)(frame + FRAME_PC) -= norma_call_bytes();
        *(int64_t *)(frame + FRAME_IN_CALL) = 0;
    }
    return __real_norma_trap(core, how == GATE_TIMER ? CAUSE_TIMER : CAUSE_IPI,
                             *(int64_t *)(frame + FRAME_PC));
}

ref __wrap_norma_core_main(ref core) {
    norma_gate(GATE_BEGIN);
    return __real_norma_core_main(core);
}
