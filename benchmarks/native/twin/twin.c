/*
 * The kernel's twin in C: ways in, decoding of system calls, timers, boot. As norma.kernel.entry.
 * Linked with the real image's assembly, boot code, decoders of memory and user program in place of the
 * compiled kernel.
 * Owner: benchmarks.
 */
#include "twin_life.h"
#include "twin_sched.h"

struct core cores[CORES];
struct thread threads[THREADS];
struct channel channels[CHANNELS];
static int live;
static long epochs;

void twin_stop(int state) {
    norma_store_release(OFF_STATE, state);
    norma_power_off(1);
    for (;;) norma_relax();
}
void twin_checkpoint(void) {
    for (;;) twin_stop(PANICKED);
}
static void live_begins(void) {
    __atomic_fetch_add(&live, 1, __ATOMIC_SEQ_CST);
}
static void live_ends(void) {
    __atomic_fetch_add(&live, -1, __ATOMIC_SEQ_CST);
}
static int live_count(void) { return __atomic_load_n(&live, __ATOMIC_SEQ_CST); }

/* ---- timers ------------------------------------------------------------------------------------ */

static void sleep_for(struct core *core, long nanoseconds) {
    struct thread *t = core->current;
    long deadline = norma_now() + nanoseconds;
    acquire(&t->lock, core);
    before_event(core);
    t->asleep = true;
    t->state = S_BLOCKED;
    STORE(t->deadline, deadline);
    core->current = 0;
    if (core->recorder.recording)
        record(&core->recorder, EV_SLEEP, 1, params(t->index, 0, 0, 0), nanoseconds, 0,
               TOUCH(t), 0, 0);
    release(&t->lock, core);
    if (deadline < core->next_deadline) core->next_deadline = deadline;
}
static void wake_sleeper(struct core *core, struct thread *t, long now) {
    acquire(&t->lock, core);
    long deadline = LOAD(t->deadline);
    if (t->asleep && deadline && deadline <= now) {
        before_event(core);
        t->asleep = false;
        STORE(t->deadline, 0l);
        conclude(t, 0, 0);
        t->state = S_WOKEN;
        wake(core, t);
        if (core->recorder.recording)
            record(&core->recorder, EV_WAKE, 1, params(t->index, 0, 0, 0), 0, 0, TOUCH(t), 0,
                   0);
    }
    release(&t->lock, core);
}
static void tick(struct core *core) {
    before_event(core);
    if (core->recorder.recording) record(&core->recorder, EV_TICK, 0, 0, 0, 0, 0, 0, 0);
    core->timer = INT64_MAX;
    long now = norma_now(), earliest = INT64_MAX;
    if (now < core->next_deadline) return;
    for (int i = 0; i < THREADS; i++) {
        struct thread *t = &threads[i];
        long deadline = LOAD(t->deadline);
        if (deadline && deadline <= now) {
            if (LOAD(t->channel) == NONE) wake_sleeper(core, t, now);
            else ipc_time_out(core, t, now);
            deadline = LOAD(t->deadline);
        }
        if (deadline && deadline < earliest) earliest = deadline;
    }
    core->next_deadline = earliest;
}

/* ---- system calls ------------------------------------------------------------------------------ */

static struct channel *channel_at(long index) {
    return index >= 0 && index < CHANNELS ? &channels[index] : 0;
}
static struct thread *thread_at(long index) {
    return index >= 0 && index < THREADS ? &threads[index] : 0;
}
static bool sys_spawn(struct core *core, struct thread *t, struct frame *f) {
    struct thread *slot = thread_at(f->argument[0]);
    long program = f->argument[1], priority = f->argument[2], served = f->argument[3];
    struct channel *c = channel_at(served);
    if (!slot || slot == t || program < 0 || program >= PROGRAMS || priority < 0
        || priority >= PRIORITIES || (!c && served != NONE))
        return false;
    if (spawn(core, slot, (int)program, (int)priority, c)) live_begins();
    return true;
}
/* The request is seen by the next entry, which the twin cannot serve. */
static bool request_recording(struct core *core, struct thread *t) {
    acquire(&t->lock, core);
    before_event(core);
    bool off = !core->recorder.recording;
    if (off) {
        conclude(t, 0, 0);
        __atomic_fetch_or(&epochs, 1, __ATOMIC_SEQ_CST);
    }
    release(&t->lock, core);
    return off;
}
static RT_INLINE bool system_call(struct core *core, struct thread *t, struct frame *f) {
    struct channel *c = channel_at(f->argument[0]);
    struct thread *victim;
    switch (f->number) {
    case 1:
        if (!c || c->index == t->serves || f->argument[2] < 0) return false;
        ipc_call(core, c, f->argument[1], f->argument[2]);
        return true;
    case 2:
        if (!c || c->index != t->serves) return false;
        ipc_receive(core, c);
        return true;
    case 3:
        if (!c || c->index != t->serves || f->argument[1] < 0 || f->argument[1] >= TAGS) return false;
        ipc_reply(core, c, (int)f->argument[1], f->argument[2]);
        return true;
    case 4:
        victim = thread_at(f->argument[0]);
        if (!victim || victim == t) return false;
        ipc_cancel(core, victim);
        return true;
    case 5:
        if (!c) return false;
        restart(core, c);
        return true;
    case 6: return sys_spawn(core, t, f);
    case 7:
        server_exit(core);
        live_ends();
        return true;
    case 8:
        if (f->argument[0] < 0) return false;
        sleep_for(core, f->argument[0]);
        return true;
    case 9: yield(core); return true;
    case 10: return request_recording(core, t);
    default: return false;
    }
}
static RT_INLINE void refuse(struct core *core, struct thread *t, long number) {
    acquire(&t->lock, core);
    before_event(core);
    conclude(t, packed(INVALID, 0, 0), 0);
    if (core->recorder.recording)
        record(&core->recorder, EV_REFUSE, 1, params(t->index, (int)number, 0, 0), 0,
               outcome(INVALID, 0, 0, 0), TOUCH(t), 0, 0);
    release(&t->lock, core);
}

/* ---- ways in ----------------------------------------------------------------------------------- */

/* Has the core caught up with the epochs, and does it write no checkpoints? */
static inline void enter_kernel(struct core *core) {
    long state = __atomic_load_n(&epochs, __ATOMIC_SEQ_CST);
    if (RT_UNLIKELY(core->armed || core->seen != state)) twin_checkpoint();
}
/* What the core owes is done, a checkpoint's sweep included. */
static RT_INLINE struct thread *leave_kernel(struct core *core) {
    before_event(core);
    struct thread *next = leave(core);
    core->inside = false;
    return next;
}
static bool all_wait(void) {
    for (int i = 0; i < cores_in_use; i++)
        if (!quiescent(&cores[i])) return false;
    return true;
}
static bool interrupt(struct core *core, int cause) {
    if (cause == CAUSE_TIMER) {
        enter_kernel(core);
        tick(core);
        return true;
    }
    if (cause == CAUSE_IPI && ipi_pending(core)) {
        enter_kernel(core);
        take_ipi(core);
        return true;
    }
    return false;
}
static void wait_for_interrupt(struct core *core) {
    arm_for(core, core->next_deadline);
    for (bool taken = false; !taken;) {
        publish_waiting(core, true);
        if (!live_count() && all_wait() && all_wait()) {
            norma_store_release(OFF_STATE, FINISHED);
            norma_power_off(0);
        }
        int cause = norma_wait_for_interrupt();
        publish_waiting(core, false);
        bool late = cause == CAUSE_TIMER && !live_count();
        taken = !late && interrupt(core, cause);
    }
}
/* Nothing is ready: waits until something is. */
RT_COLD static struct thread *await_thread(struct core *core) {
    struct thread *next = 0;
    while (!next) {
        wait_for_interrupt(core);
        if (core->donors) donate_all(core);
        next = leave_kernel(core);
    }
    return next;
}
static RT_INLINE struct frame *run(struct core *core, struct thread *next) {
    if (!next) next = await_thread(core);
    start_slice(core);
    return &next->frame;
}
RT_COLD static void fault(struct core *core, struct thread *t, int cause, long pc) {
    acquire(&t->lock, core);
    before_event(core);
    t->state = S_FAULTED;
    if (core->recorder.recording)
        record(&core->recorder, EV_FAULT, 1, params(t->index, cause, 0, 0), pc, 0, TOUCH(t),
               0, 0);
    release(&t->lock, core);
}
struct frame *norma_trap(struct core *core, int32_t cause, int64_t pc) {
    struct thread *before = core->current;
    if (cause == CAUSE_SYSTEM_CALL) {
        enter_kernel(core);
        long number = before->frame.number;
        if (!system_call(core, before, &before->frame)) refuse(core, before, number);
    } else if (cause >= CAUSE_FAULT) {
        enter_kernel(core);
        fault(core, before, cause, pc);
        server_exit(core);
        live_ends();
    } else if (!interrupt(core, cause)) {
        return &before->frame;
    }
    if (core->donors) donate_all(core);
    struct thread *next = leave_kernel(core);
    if (next != before) return run(core, next);
    if (cause == CAUSE_TIMER) continue_slice(core);
    return &before->frame;
}
void norma_kernel_trap(int32_t core, int32_t cause, int64_t pc, int64_t address) {
    (void)core, (void)cause, (void)address;
    norma_store(OFF_PANIC, pc);
    twin_stop(PANICKED);
}
ref norma_core(int32_t index) { return &cores[index]; }
struct frame *norma_core_main(struct core *core) {
    publish_waiting(core, false);
    return run(core, interrupt(core, CAUSE_IPI) ? leave_kernel(core) : 0);
}

/* ---- boot -------------------------------------------------------------------------------------- */

static void initialise(int count) {
    for (int i = 0; i < CORES; i++) {
        struct core *c = &cores[i];
        c->index = c->recorder.core = i;
        c->tracked.object = object(T_CORE, i);
        c->lock.order = CORE_ORDER | i;
        c->idle = c->waiting = 1;
        c->queue.urgent = -1;
        c->next_deadline = c->timer = INT64_MAX;
    }
    for (int i = 0; i < THREADS; i++) {
        struct thread *t = &threads[i];
        t->index = t->frame.slot = i;
        t->tracked.object = object(T_THREAD, i);
        t->lock.order = THREAD_ORDER | i;
        t->channel = t->tag = t->serves = NONE;
        t->donated = -1;
        t->home = i % count;
    }
    for (int i = 0; i < CHANNELS; i++) {
        channels[i].index = i;
        channels[i].tracked.object = object(T_CHANNEL, i);
        channels[i].lock.order = CHANNEL_ORDER | i;
        channels[i].live = true;
    }
}
static void open_recorder(struct core *core) {
    struct recorder *r = &core->recorder;
    long flags = norma_load(OFF_FLAGS);
    r->records = norma_load(OFF_RING_RECORDS);
    r->ring = norma_load(OFF_RINGS) + r->core * (RING_RECORDS + r->records * 64);
    r->recording = flags & RECORD;
    core->traces_locks = flags & RECORD_LOCKS;
    r->slots = r->ring + RING_RECORDS;
    r->limit = flags & OVERWRITE ? INT64_MAX : r->records;
    r->whole_run = flags & WHOLE_RUN;
    if (flags & (OVERWRITE | CHECKPOINTS)) twin_checkpoint();
}
struct frame *norma_boot(void) {
    if (norma_load(OFF_MAGIC) != MAGIC || norma_load(OFF_VERSION) != 1) norma_power_off(0);
    cores_in_use = (int)norma_load(OFF_CORES);
    slice = norma_load(OFF_SLICE);
    initialise(cores_in_use);
    for (int i = 0; i < cores_in_use; i++) open_recorder(&cores[i]);
    struct core *core = &cores[0];
    struct thread *first = &threads[0];
    first->program = (int)norma_load(OFF_FIRST_PROGRAM);
    first->base = first->effective = (int)norma_load(OFF_FIRST_PRIORITY);
    first->state = S_RUNNING;
    first->attached = 0;
    first->frame.pc = norma_user_entry();
    first->frame.sp = norma_user_stack(0);
    first->frame.status = norma_user_status();
    first->frame.argument[0] = 0;
    first->frame.argument[1] = first->program;
    core->current = first;
    core->idle = false;
    core->level = first->base;
    publish_waiting(core, false);
    live_begins();
    norma_store(OFF_FIRST_EVENT_TIME, norma_now());
    norma_store_release(OFF_STATE, RUNNING);
    for (int i = 1; i < cores_in_use; i++) norma_start_core(i);
    start_slice(core);
    return &first->frame;
}
