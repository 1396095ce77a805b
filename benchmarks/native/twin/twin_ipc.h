/*
 * The kernel's twin in C: calls, settlement, life of servers. As norma.kernel.ipc, function for
 * function: the same checks of what users ask, the same locks in the same order, the same events.
 * Owner: benchmarks.
 */
#pragma once
#include "twin.h"

/* ---- channels ---------------------------------------------------------------------------------- */

enum { ALL_TAGS = (1 << TAGS) - 1 };
static inline int free_tag(struct channel *c) {
    return c->tags_in_use == ALL_TAGS ? NONE : __builtin_ctz(~c->tags_in_use);
}
static inline int used_tag(struct channel *c) {
    return c->tags_in_use ? __builtin_ctz(c->tags_in_use) : NONE;
}
static inline bool takes_tag(struct channel *c) {
    return !c->waiters.first && c->tags_in_use != ALL_TAGS;
}
static inline bool drained(struct channel *c) {
    return !c->tags_in_use && !c->waiters.first && !c->receivers.first;
}
static inline bool attached(struct channel *c, struct thread *t) {
    return c->live && t->attached == c->incarnation;
}
static inline void withdraw_tag(struct channel *c, int tag) {
    int kept = 0;
    for (int i = 0; i < c->ring_count; i++) {
        int other = c->ring[(c->ring_first + i) & (TAGS - 1)];
        if (other != tag) c->ring[(c->ring_first + kept++) & (TAGS - 1)] = other;
    }
    c->ring_count = kept;
}
static inline void free_the_tag(struct channel *c, int tag) {
    c->use[tag] = FREE;
    c->owner[tag] = 0;
    c->tags_in_use &= ~(1u << tag);
}
static inline void count_donation(struct channel *c, int priority) {
    c->donations[priority]++;
    if (priority > c->boost) c->boost = priority;
}
static inline void withdraw_donation(struct channel *c, int priority) {
    c->donations[priority]--;
    CHECK(c->donations[priority] >= 0);
    while (c->boost > 0 && !c->donations[c->boost]) c->boost--;
}
static inline int target_of(struct channel *c, struct thread *t) {
    return attached(c, t) && c->boost > t->base ? c->boost : t->base;
}
static void remove_server(struct channel *c, struct thread *t) {
    struct thread **at = &c->servers;
    while (*at != t) at = &(*at)->next_server;
    *at = t->next_server;
    t->next_server = 0;
}

/* ---- settlement -------------------------------------------------------------------------------- */

static RT_INLINE int deliver(struct core *core, struct channel *c, struct thread *caller,
                   struct thread *receiver) {
    int tag = free_tag(c);
    CHECK(tag != NONE);
    c->owner[tag] = caller;
    c->tags_in_use |= 1u << tag;
    caller->tag = tag;
    if (!receiver) {
        c->use[tag] = PENDING;
        CHECK(c->ring_count < TAGS);
        c->ring[(c->ring_first + c->ring_count++) & (TAGS - 1)] = tag;
        return QUEUED;
    }
    c->use[tag] = RECEIVED;
    list_remove(&c->receivers, receiver);
    finish(receiver, MSG, tag, caller->index, caller->message);
    receiver->state = S_WOKEN;
    wake(core, receiver);
    return SERVED;
}
RT_COLD static void grant(struct core *core, struct channel *c) {
    struct thread *waiter = c->waiters.first, *receiver = c->receivers.first;
    if (receiver) acquire(&receiver->lock, core);
    before_event(core);
    list_remove(&c->waiters, waiter);
    int code = deliver(core, c, waiter, receiver);
    if (core->recorder.recording)
        record(&core->recorder, EV_GRANT, receiver ? 2 : 1, params(c->index, 0, 0, 0),
               waiter->message, outcome(code, waiter->tag, waiter->index, slot_of(receiver)),
               TOUCH(c), receiver ? TOUCH(receiver) : 0, 0);
    if (receiver) release(&receiver->lock, core);
}
static struct core *lock_home(struct core *core, struct thread *t) {
    for (;;) {
        struct core *home = &cores[LOAD(t->home)];
        acquire(&home->lock, core);
        acquire(&t->lock, core);
        if (LOAD(t->home) == home->index) return home;
        release(&t->lock, core);
        release(&home->lock, core);
    }
}
RT_COLD static void inherit(struct core *core, struct channel *c, struct thread *server) {
    struct core *home = lock_home(core, server);
    before_event(core);
    int priority = target_of(c, server);
    bool ready = server->state == S_READY, running = server->state == S_RUNNING;
    if (ready) queue_remove(&home->queue, server);
    STORE(server->effective, priority);
    if (ready) insert(&home->queue, server);
    if (running) home->level = priority;
    if (home != core) {
        bool raised = ready && (home->idle || priority > home->level);
        bool lowered = running && urgent(&home->queue) > priority;
        if (raised || lowered) core->kicks |= 1 << home->index;
    }
    if (calling(server)) core->donors |= 1l << server->index;
    if (core->recorder.recording)
        record(&core->recorder, EV_INHERIT, 3,
               params(c->index, server->index, priority, home->index), 0, 0, TOUCH(c),
               TOUCH(server), TOUCH(home));
    release(&server->lock, core);
    release(&home->lock, core);
}
static RT_NOINLINE void settle(struct core *core, struct channel *c) {
    while (c->live && c->waiters.first && free_tag(c) != NONE) grant(core, c);
    if (c->boost == c->settled) return;
    c->settled = c->boost;
    for (struct thread *s = c->servers; s; s = s->next_server)
        if (LOAD(s->effective) != target_of(c, s)) inherit(core, c, s);
}
static void donate(struct core *core, struct thread *caller) {
    int at = LOAD(caller->channel);
    if (at == NONE) return;
    struct channel *c = &channels[at];
    acquire(&c->lock, core);
    acquire(&caller->lock, core);
    int priority = LOAD(caller->effective);
    if (LOAD(caller->channel) == at && calling(caller) && caller->donated != priority) {
        before_event(core);
        withdraw_donation(c, caller->donated);
        count_donation(c, priority);
        caller->donated = priority;
        if (core->recorder.recording)
            record(&core->recorder, EV_DONATE, 2, params(caller->index, at, priority, 0), 0, 0,
                   TOUCH(caller), TOUCH(c), 0);
    }
    release(&caller->lock, core);
    settle(core, c);
    release(&c->lock, core);
}
static void donate_all(struct core *core) {
    while (core->donors) {
        int index = __builtin_ctzl((unsigned long)core->donors);
        core->donors &= core->donors - 1;
        donate(core, &threads[index]);
    }
}

/* ---- calls ------------------------------------------------------------------------------------- */

static void ipc_call(struct core *core, struct channel *c, long payload, long timeout) {
    struct thread *t = core->current;
    acquire(&c->lock, core);
    struct thread *receiver = c->live && takes_tag(c) ? c->receivers.first : 0;
    acquire_threads(core, t, receiver);
    CHECK(t->state == S_RUNNING && t->ipc == I_IDLE);
    before_event(core);
    int code = DEAD, donated = LOAD(t->effective);
    if (c->live) {
        t->message = payload;
        t->donated = donated;
        t->timed = timeout != 0;
        STORE(t->channel, c->index);
        t->ipc = I_CALLING;
        t->state = S_BLOCKED;
        core->current = 0;
        count_donation(c, donated);
        if (timeout) {
            long deadline = norma_now() + timeout;
            STORE(t->deadline, deadline);
            if (deadline < core->next_deadline) core->next_deadline = deadline;
        }
        if (takes_tag(c)) {
            code = deliver(core, c, t, receiver);
        } else {
            append(&c->waiters, t);
            code = TAGWAIT;
        }
    } else {
        conclude(t, packed(code, 0, 0), 0);
    }
    if (core->recorder.recording)
        record(&core->recorder, EV_CALL, receiver ? 3 : 2,
               params(t->index, c->index, timeout ? 1 : 0, donated), payload,
               outcome(code, t->tag, slot_of(receiver),
                       code == TAGWAIT ? c->waiters.count : c->ring_count),
               TOUCH(t), TOUCH(c), receiver ? TOUCH(receiver) : 0);
    release_threads(core, t, receiver);
    settle(core, c);
    release(&c->lock, core);
}
static void ipc_receive(struct core *core, struct channel *c) {
    struct thread *t = core->current;
    acquire(&c->lock, core);
    acquire(&t->lock, core);
    CHECK(t->state == S_RUNNING && t->ipc == I_IDLE);
    before_event(core);
    int code = DEAD, tag = NONE, caller = NONE;
    long word = 0;
    if (attached(c, t)) {
        if (!c->ring_count) {
            t->ipc = I_RECEIVING;
            STORE(t->channel, c->index);
            t->state = S_BLOCKED;
            core->current = 0;
            append(&c->receivers, t);
            code = BLOCKED;
        } else {
            tag = c->ring[c->ring_first];
            c->ring_first = (c->ring_first + 1) & (TAGS - 1);
            c->ring_count--;
            c->use[tag] = RECEIVED;
            struct thread *owner = c->owner[tag];
            CHECK(owner && owner->tag == tag);
            caller = owner->index;
            word = owner->message;
            code = MSG;
        }
    }
    if (code != BLOCKED)
        conclude(t, packed(code, code == MSG ? tag : 0, code == MSG ? caller : 0), word);
    if (core->recorder.recording)
        record(&core->recorder, EV_RECEIVE, 2, params(t->index, c->index, 0, 0), word,
               outcome(code, tag, caller, c->ring_count), TOUCH(t), TOUCH(c), 0);
    release(&t->lock, core);
    release(&c->lock, core);
}
static void ipc_reply(struct core *core, struct channel *c, int tag, long payload) {
    struct thread *t = core->current;
    acquire(&c->lock, core);
    bool serves = attached(c, t);
    struct thread *caller = serves && c->use[tag] == RECEIVED ? c->owner[tag] : 0;
    acquire_threads(core, t, caller);
    CHECK(t->state == S_RUNNING && t->ipc == I_IDLE);
    before_event(core);
    int code;
    if (!serves) {
        code = DEAD;
    } else if (caller) {
        CHECK(calling(caller) && caller->tag == tag);
        free_the_tag(c, tag);
        withdraw_donation(c, caller->donated);
        finish(caller, OK, 0, 0, payload);
        caller->state = S_WOKEN;
        wake(core, caller);
        code = OK;
    } else if (c->use[tag] == ORPHAN) {
        free_the_tag(c, tag);
        code = ORPHANED;
    } else {
        code = BADTAG;
    }
    conclude(t, packed(code, 0, 0), 0);
    if (core->recorder.recording)
        record(&core->recorder, EV_REPLY, caller ? 3 : 2, params(t->index, c->index, tag, 0),
               payload, outcome(code, slot_of(caller), 0, c->waiters.count), TOUCH(t),
               TOUCH(c), caller ? TOUCH(caller) : 0);
    release_threads(core, t, caller);
    settle(core, c);
    release(&c->lock, core);
}
static void take_back(struct core *core, struct channel *c, struct thread *victim, int code) {
    int tag = victim->tag;
    if (tag == NONE) {
        list_remove(&c->waiters, victim);
    } else if (c->use[tag] == PENDING) {
        withdraw_tag(c, tag);
        free_the_tag(c, tag);
    } else {
        c->use[tag] = ORPHAN;
        c->owner[tag] = 0;
    }
    withdraw_donation(c, victim->donated);
    finish(victim, code, 0, 0, 0);
    victim->state = S_WOKEN;
    wake(core, victim);
}
static void ipc_cancel(struct core *core, struct thread *victim) {
    struct thread *t = core->current;
    for (;;) {
        int at = LOAD(victim->channel);
        struct channel *c = at == NONE ? 0 : &channels[at];
        if (c) acquire(&c->lock, core);
        acquire_threads(core, t, victim);
        bool stable = LOAD(victim->channel) == at;
        if (stable) {
            before_event(core);
            bool takes = calling(victim) && c;
            if (takes) take_back(core, c, victim, CANCELLED);
            conclude(t, packed(takes ? OK : NOCALL, 0, 0), 0);
            if (core->recorder.recording)
                record(&core->recorder, EV_CANCEL, takes ? 3 : 2,
                       params(t->index, victim->index, 0, 0), 0,
                       outcome(takes ? OK : NOCALL, takes ? at : NONE, 0, 0), TOUCH(t),
                       TOUCH(victim), takes ? TOUCH(c) : 0);
        }
        release_threads(core, t, victim);
        if (c && stable) settle(core, c);
        if (c) release(&c->lock, core);
        if (stable) return;
    }
}
static void ipc_time_out(struct core *core, struct thread *victim, long now) {
    int at = LOAD(victim->channel);
    if (at == NONE) return;
    struct channel *c = &channels[at];
    acquire(&c->lock, core);
    acquire(&victim->lock, core);
    long deadline = LOAD(victim->deadline);
    if (LOAD(victim->channel) == at && calling(victim) && deadline && deadline <= now) {
        before_event(core);
        int tag = victim->tag;
        take_back(core, c, victim, TIMEOUT);
        if (core->recorder.recording)
            record(&core->recorder, EV_TIME_OUT, 2, params(victim->index, at, 0, 0), 0,
                   outcome(TIMEOUT, tag, 0, 0), TOUCH(victim), TOUCH(c), 0);
    }
    release(&victim->lock, core);
    settle(core, c);
    release(&c->lock, core);
}
