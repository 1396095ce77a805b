/*
 * The kernel's twin in C: spawn, exit, death and restart of servers. As norma.kernel.ipc.Server.
 * Owner: benchmarks.
 */
#pragma once
#include "twin_ipc.h"

static bool spawn(struct core *core, struct thread *slot, int program, int priority,
                  struct channel *c) {
    struct thread *t = core->current;
    if (c) acquire(&c->lock, core);
    acquire_threads(core, t, slot);
    before_event(core);
    bool free = slot->state == S_INACTIVE;
    if (free) {
        slot->generation = (slot->generation + 1) & (GENERATIONS - 1);
        slot->base = priority;
        STORE(slot->effective, priority);
        slot->serves = c ? c->index : NONE;
        slot->attached = c ? c->incarnation : -1;
        slot->program = program;
        slot->frame.pc = norma_user_entry();
        slot->frame.sp = norma_user_stack(slot->index);
        slot->frame.status = norma_user_status();
        slot->frame.argument[0] = slot->index;
        slot->frame.argument[1] = program;
        slot->frame.in_call = 0;
        slot->state = S_WOKEN;
        wake(core, slot);
        if (c) {
            slot->next_server = c->servers;
            c->servers = slot;
            c->settled = -1;
        }
    }
    int code = free ? OK : BUSY;
    conclude(t, packed(code, 0, 0), 0);
    if (core->recorder.recording)
        record(&core->recorder, EV_SPAWN, c ? 3 : 2,
               params(t->index, slot->index, priority, c ? c->index : NONE), program,
               outcome(code, slot->generation, 0, 0), TOUCH(t), TOUCH(slot),
               c ? TOUCH(c) : 0);
    release_threads(core, t, slot);
    if (c) {
        settle(core, c);
        release(&c->lock, core);
    }
    return free;
}
static void retire(struct core *core, struct thread *t) {
    CHECK(t->ipc == I_IDLE);
    t->serves = NONE;
    t->attached = -1;
    t->state = S_INACTIVE;
    core->current = 0;
}
static void end(struct core *core, struct channel *c) {
    struct thread *t = core->current;
    acquire(&t->lock, core);
    before_event(core);
    if (c) remove_server(c, t);
    retire(core, t);
    if (core->recorder.recording)
        record(&core->recorder, EV_EXIT, c ? 2 : 1, params(t->index, c ? c->index : NONE, NONE, 0), 0,
               0, TOUCH(t), c ? TOUCH(c) : 0, 0);
    release(&t->lock, core);
}
static void die(struct core *core, struct channel *c) {
    struct thread *t = core->current;
    acquire(&t->lock, core);
    before_event(core);
    c->live = false;
    remove_server(c, t);
    c->settled = -1;
    retire(core, t);
    if (core->recorder.recording)
        record(&core->recorder, EV_DIE, 2, params(t->index, c->index, NONE, 0), 0, 0, TOUCH(t),
               TOUCH(c), 0);
    release(&t->lock, core);
    settle(core, c);
}
static void fail_call(struct core *core, struct channel *c) {
    int tag = used_tag(c);
    struct thread *victim = tag != NONE ? c->owner[tag]
        : c->waiters.first ? c->waiters.first : c->receivers.first;
    if (victim) acquire(&victim->lock, core);
    before_event(core);
    if (tag != NONE) {
        withdraw_tag(c, tag);
        free_the_tag(c, tag);
    } else if (victim && calling(victim)) {
        list_remove(&c->waiters, victim);
    } else if (victim) {
        list_remove(&c->receivers, victim);
    }
    if (victim) {
        if (calling(victim)) withdraw_donation(c, victim->donated);
        finish(victim, DEAD, 0, 0, 0);
        victim->state = S_WOKEN;
        wake(core, victim);
    }
    if (core->recorder.recording)
        record(&core->recorder, EV_FAIL_CALL, victim ? 2 : 1, params(c->index, 0, 0, 0), 0,
               outcome(DEAD, slot_of(victim), tag, 0), TOUCH(c),
               victim ? TOUCH(victim) : 0, 0);
    if (victim) release(&victim->lock, core);
}
static void fail_calls(struct core *core, struct channel *c) {
    bool more = true;
    while (more) {
        acquire(&c->lock, core);
        more = !c->live && !drained(c);
        if (more) fail_call(core, c);
        release(&c->lock, core);
    }
}
static void server_exit(struct core *core) {
    struct thread *t = core->current;
    if (t->serves == NONE) {
        end(core, 0);
        return;
    }
    struct channel *c = &channels[t->serves];
    acquire(&c->lock, core);
    bool dies = attached(c, t);
    if (dies) die(core, c);
    else end(core, c);
    release(&c->lock, core);
    if (dies) fail_calls(core, c);
}
static void restart(struct core *core, struct channel *c) {
    struct thread *t = core->current;
    acquire(&c->lock, core);
    acquire(&t->lock, core);
    before_event(core);
    bool ready = !c->live && drained(c);
    if (ready) {
        c->live = true;
        c->incarnation = (c->incarnation + 1) & (GENERATIONS - 1);
        c->settled = -1;
    }
    int code = ready ? OK : BUSY;
    conclude(t, packed(code, 0, 0), 0);
    if (core->recorder.recording)
        record(&core->recorder, EV_RESTART, 2, params(t->index, c->index, 0, 0), 0,
               outcome(code, c->incarnation, 0, 0), TOUCH(t), TOUCH(c), 0);
    release(&t->lock, core);
    settle(core, c);
    release(&c->lock, core);
}
