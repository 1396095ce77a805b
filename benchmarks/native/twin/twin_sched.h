/*
 * The kernel's twin in C: who runs where. As norma.kernel.sched.Scheduler, function for function.
 * Owner: benchmarks.
 */
#pragma once
#include "twin.h"

enum { CROWD = 2 };
static int cores_in_use = 1;
static long slice = 1000000;

static inline bool quiescent(struct core *core) {
    return !(__atomic_load_n(&core->ipi_word, __ATOMIC_SEQ_CST) & 1)
        && __atomic_load_n(&core->waiting, __ATOMIC_SEQ_CST);
}
static inline void publish_waiting(struct core *core, bool waits) {
    __atomic_store_n(&core->waiting, waits ? 1 : 0, __ATOMIC_SEQ_CST);
}
static void arm_for(struct core *core, long time) {
    if (time == core->timer) return;
    core->timer = time;
    norma_arm(time);
}
static void arm_by(struct core *core, long time) {
    if (time >= core->timer) return;
    core->timer = time;
    norma_arm(time);
}
/* The word's epoch stays 0: without checkpoints nobody is in another. */
static long change_ipi(struct core *core, struct core *target, long pending) {
    long before = __atomic_load_n(&target->ipi_word, __ATOMIC_ACQUIRE), after;
    do {
        before_event(core);
        after = ((before & ~(long)IPI_PENDING) + (1l << IPI_VERSION_SHIFT)) | pending;
    } while (!__atomic_compare_exchange_n(&target->ipi_word, &before, after, false,
                                          __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
    before_event(core);
    return before;
}
RT_COLD static void kick(struct core *core, struct core *target) {
    long before = change_ipi(core, target, IPI_PENDING);
    core->kicks &= ~(1 << target->index);
    if (core->recorder.recording)
        record(&core->recorder, EV_KICK, 1, params(target->index, 0, 0, 0), 0, 0,
               object(T_IPI, target->index) | ((before >> IPI_VERSION_SHIFT) + 1), 0, 0);
    norma_send_ipi(target->index);
}
static inline bool ipi_pending(struct core *core) {
    return __atomic_load_n(&core->ipi_word, __ATOMIC_SEQ_CST) & IPI_PENDING;
}
static void take_ipi(struct core *core) {
    long before = change_ipi(core, core, 0);
    if (core->recorder.recording)
        record(&core->recorder, EV_IPI, 1, 0, 0, 0,
               object(T_IPI, core->index) | ((before >> IPI_VERSION_SHIFT) + 1), 0, 0);
}
RT_COLD static void invite_thief(struct core *core) {
    for (int i = 0; i < cores_in_use; i++) {
        if (&cores[i] != core && quiescent(&cores[i])) {
            core->kicks |= 1 << i;
            return;
        }
    }
}
static void enqueue(struct core *core) {
    struct thread *t = core->wake_first;
    struct core *target = &cores[LOAD(t->home)];
    acquire(&target->lock, core);
    acquire(&t->lock, core);
    before_event(core);
    core->wake_first = t->next;
    t->next = 0;
    CHECK(t->state == S_WOKEN);
    int priority = LOAD(t->effective);
    t->state = S_READY;
    STORE(t->home, target->index);
    insert(&target->queue, t);
    publish_ready(target);
    bool kicks = target != core && (target->idle || priority > target->level);
    if (kicks) core->kicks |= 1 << target->index;
    bool crowded = !kicks && target->queue.count > CROWD;
    if (core->recorder.recording)
        record(&core->recorder, EV_ENQUEUE, 2, params(t->index, target->index, priority, 0), 0,
               outcome(kicks ? 1 : 0, 0, 0, target->queue.count), TOUCH(t),
               TOUCH(target), 0);
    release(&t->lock, core);
    release(&target->lock, core);
    if (crowded) invite_thief(core);
}
static inline void make_ready(struct core *core, struct thread *t) {
    t->state = S_READY;
    STORE(t->home, core->index);
    insert(&core->queue, t);
    publish_ready(core);
    core->current = 0;
}
static bool resume_or_preempt(struct core *core, struct thread *t) {
    acquire(&core->lock, core);
    acquire(&t->lock, core);
    CHECK(t->state == S_RUNNING);
    int priority = LOAD(t->effective), most = urgent(&core->queue);
    bool resumes = most < priority || (most == priority && norma_now() < core->slice_end);
    before_event(core);
    if (resumes) {
        return_to_user(t);
        core->level = priority;
        if (core->recorder.recording)
            record(&core->recorder, EV_RESUME, 2, params(t->index, priority, 0, 0), 0, 0,
                   TOUCH(core), TOUCH(t), 0);
    } else {
        make_ready(core, t);
        if (core->recorder.recording)
            record(&core->recorder, EV_PREEMPT, 2, params(t->index, 0, 0, 0), 0,
                   outcome(0, 0, 0, core->queue.count), TOUCH(core), TOUCH(t), 0);
    }
    release(&t->lock, core);
    release(&core->lock, core);
    return resumes;
}
static void yield(struct core *core) {
    struct thread *t = core->current;
    acquire(&core->lock, core);
    acquire(&t->lock, core);
    before_event(core);
    make_ready(core, t);
    conclude(t, 0, 0);
    if (core->recorder.recording)
        record(&core->recorder, EV_YIELD, 2, params(t->index, 0, 0, 0), 0,
               outcome(0, 0, 0, core->queue.count), TOUCH(core), TOUCH(t), 0);
    release(&t->lock, core);
    release(&core->lock, core);
}
static inline void run_here(struct core *core, struct thread *t) {
    CHECK(t->state == S_READY);
    t->state = S_RUNNING;
    return_to_user(t);
    STORE(t->home, core->index);
    core->current = t;
    core->idle = false;
    core->level = LOAD(t->effective);
}
static struct thread *dispatch(struct core *core) {
    acquire(&core->lock, core);
    struct thread *t = head_of(&core->queue);
    if (t) {
        acquire(&t->lock, core);
        before_event(core);
        queue_remove(&core->queue, t);
        publish_ready(core);
        run_here(core, t);
        if (core->recorder.recording)
            record(&core->recorder, EV_DISPATCH, 2, params(t->index, core->level, 0, 0), 0,
                   outcome(0, 0, 0, core->queue.count), TOUCH(core), TOUCH(t), 0);
        release(&t->lock, core);
    }
    release(&core->lock, core);
    return t;
}
RT_COLD static struct thread *steal_from(struct core *core, struct core *victim) {
    struct core *low = core->index < victim->index ? core : victim;
    struct core *high = low == core ? victim : core;
    acquire(&low->lock, core);
    acquire(&high->lock, core);
    struct thread *t = head_of(&core->queue) ? 0 : head_of(&victim->queue);
    if (t) {
        acquire(&t->lock, core);
        before_event(core);
        queue_remove(&victim->queue, t);
        publish_ready(victim);
        run_here(core, t);
        if (core->recorder.recording)
            record(&core->recorder, EV_STEAL, 3, params(victim->index, t->index, core->level, 0), 0,
                   outcome(0, 0, 0, victim->queue.count), TOUCH(core), TOUCH(victim),
                   TOUCH(t));
        release(&t->lock, core);
    }
    release(&high->lock, core);
    release(&low->lock, core);
    return t;
}
static struct thread *steal(struct core *core) {
    for (int i = 1; i < cores_in_use; i++) {
        int at = core->index + i;
        struct core *victim = &cores[at < cores_in_use ? at : at - cores_in_use];
        struct thread *t = LOAD(victim->ready_hint) > 0 ? steal_from(core, victim) : 0;
        if (t) return t;
    }
    return 0;
}
static bool go_idle(struct core *core) {
    acquire(&core->lock, core);
    bool empty = !head_of(&core->queue);
    if (empty) {
        before_event(core);
        core->idle = true;
        if (core->recorder.recording)
            record(&core->recorder, EV_IDLE, 1, 0, 0, 0, TOUCH(core), 0, 0);
    }
    release(&core->lock, core);
    return empty;
}
static RT_INLINE struct thread *leave(struct core *core) {
    for (;;) {
        while (core->wake_first) enqueue(core);
        for (int owed = core->kicks; owed; owed &= owed - 1)
            kick(core, &cores[__builtin_ctz((unsigned)owed)]);
        struct thread *current = core->current;
        if (current && resume_or_preempt(core, current)) return current;
        struct thread *next = dispatch(core);
        if (!next) next = steal(core);
        if (next) return next;
        if (!core->current && go_idle(core)) return 0;
    }
}
static void start_slice(struct core *core) {
    long end = norma_now() + slice;
    core->slice_end = end;
    arm_by(core, end < core->next_deadline ? end : core->next_deadline);
}
static void continue_slice(struct core *core) {
    if (norma_now() >= core->slice_end) start_slice(core);
    else arm_by(core, core->slice_end < core->next_deadline ? core->slice_end : core->next_deadline);
}
