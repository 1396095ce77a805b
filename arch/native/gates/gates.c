/*
 * Gates of the exploration image: a schedule says which core makes the next step.
 * Contract: at most one core is between its turn and its next gate; all others wait at theirs, or
 * run user code, which nobody else sees. Interrupts and time are the schedule's: no hardware
 * interrupt is ever raised; a core takes one where the kernel could have been entered by it: in
 * user mode, before the instruction that enters the kernel, or the access to a page, or where it
 * waits for one.
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
static int64_t operand(int64_t at) { return step(at)[1]; }
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
    for (; next < count && kind(next) == GATE_LEAP; next++) *word(GATE_OFF_TIME) = operand(next);
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

/* This core keeps no translation of a page any more. */
static void drop(uint64_t at) {
#if defined(__riscv)
    __asm__ volatile("sfence.vma %0" ::"r"(at) : "memory");
#else
    __asm__ volatile("invlpg (%0)" ::"r"(at) : "memory");
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
void norma_gated_tables_load(int32_t space) {
    norma_gate(GATE_LOAD);
    norma_tables_load(space);
}
void norma_gated_tables_flush(void) {
    norma_gate(GATE_FLUSH);
    norma_tables_flush();
}
void norma_gated_tables_enter(int32_t space, int32_t page, int64_t frame, int32_t rights) {
    norma_gate(GATE_ENTER);
    norma_tables_enter(space, page, frame, rights);
}
void norma_gated_frame_clear(int64_t frame) {
    norma_gate(GATE_CLEAR);
    norma_frame_clear(frame);
}
void norma_gated_frame_copy(int64_t from, int64_t to) {
    norma_gate(GATE_COPY);
    norma_frame_copy(from, to);
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
 * What a thread had in its registers at its gate: if its access ends in a page fault, that is where
 * it goes on when the kernel lets it, so that the access waits for its turn again. The fault itself
 * belongs to the step of the access. Between the gate and the access it has changed nothing else. After
 * an access that did not fault, reaches (the page and one) is there still: what else the thread then
 * faults at is no fault of that page.
 */
enum { REGISTERS = FRAME_R24 + 8 - FRAME_NUMBER };
_Static_assert(REGISTERS == 33 * 8, "the saved registers are in a row");
static struct { int64_t reaches; char registers[REGISTERS]; } user[LIMITS_CORES];

/* The instruction that a thread entered the kernel with is executed again when it goes on. */
static void execute_again(char *frame) {
    *(int64_t *)(frame + FRAME_PC) -= norma_call_bytes();
    *(int64_t *)(frame + FRAME_IN_CALL) = 0;
}

/* The core has its turn at the gate before an access to a page: on to the access. */
static ref reach(uint64_t core, char *frame) {
    int64_t page = *(int64_t *)(frame + FRAME_ARGUMENT0);
    if (operand(position()) == GATE_DROP) drop(NORMA_USER_WINDOW + (uint64_t)page * NORMA_PAGE);
    memcpy(user[core].registers, frame + FRAME_NUMBER, REGISTERS);
    user[core].reaches = page + 1;
    *(int64_t *)(frame + FRAME_PC) += norma_call_bytes();
    return frame;
}

/*
 * The core's thread is about to enter the kernel, or comes to its gate before an access to a page.
 * An interrupt that the schedule says instead finds it before that instruction, which is executed
 * again when the thread goes on.
 */
ref __wrap_norma_trap(ref core, int32_t cause, int64_t pc) {
    uint64_t index = norma_self()->index;
    char *frame = norma_self()->frame;
    int64_t reached = user[index].reaches;
    user[index].reaches = 0;
    if (reached && norma_fault_access(cause) != RIGHTS_NONE && norma_fault_page() == reached - 1) {
        memcpy(frame + FRAME_NUMBER, user[index].registers, REGISTERS);
        return __real_norma_trap(core, cause, pc);
    }
    int call = cause == CAUSE_SYSTEM_CALL;
    int reaches = call && *(int64_t *)(frame + FRAME_NUMBER) == GATE_CALL;
    int32_t how = turn(reaches ? GATE_REACH : GATE_USER);
    if (how == GATE_STEP && !reaches) return __real_norma_trap(core, cause, pc);
    if (call) execute_again(frame);
    if (how == GATE_STEP) return reach(index, frame);
    return __real_norma_trap(core, how == GATE_TIMER ? CAUSE_TIMER : CAUSE_IPI,
                             *(int64_t *)(frame + FRAME_PC));
}

ref __wrap_norma_core_main(ref core) {
    norma_gate(GATE_BEGIN);
    return __real_norma_core_main(core);
}
