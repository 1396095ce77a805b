/*
 * The kernel's twin in C: objects, locks and recorder, as a C programmer would write them.
 *
 * Contract: the same objects with the same fields as norma.kernel.thread and norma.kernel.ipc, the
 * same locks, the same records. TWIN_CHECKS 1: the assertions of the Java source, too; 0: none.
 * Numbers of norma.abi are repeated here on purpose: this is no part of the system.
 * Owner: benchmarks.
 */
#pragma once
#include "intrinsics.h"
#include <stdbool.h>

#ifndef TWIN_CHECKS
#define TWIN_CHECKS 0
#endif
#if TWIN_CHECKS
#define CHECK(x) do { if (RT_UNLIKELY(!(x))) __builtin_trap(); } while (0)
#else
#define CHECK(x) ((void)0)
#endif

enum { CORES = 4, THREADS = 64, CHANNELS = 16, TAGS = 8, PRIORITIES = 8,
       GENERATIONS = 1 << 16, NONE = 0xffff, PROGRAMS = 64 };
enum code { OK, DEAD, BADTAG, ORPHANED, CANCELLED, TIMEOUT, NOCALL, BUSY, INVALID, MSG,
            TAGWAIT = 16, QUEUED, SERVED, BLOCKED };
enum event { EV_CALL = 1, EV_RECEIVE, EV_REPLY, EV_CANCEL, EV_RESTART, EV_SPAWN, EV_EXIT, EV_DIE,
             EV_SLEEP, EV_YIELD, EV_REFUSE, EV_FAULT, EV_TICK, EV_IPI, EV_TIME_OUT, EV_WAKE, EV_GRANT,
             EV_FAIL_CALL, EV_INHERIT, EV_DONATE, EV_ENQUEUE, EV_KICK, EV_DISPATCH, EV_STEAL,
             EV_RESUME, EV_PREEMPT, EV_IDLE, EV_LOCK_TAKE, EV_LOCK_ENTER, EV_LOCK_LEAVE };
enum state { S_INACTIVE, S_READY, S_RUNNING, S_BLOCKED, S_WOKEN, S_FAULTED };
enum ipc { I_IDLE, I_CALLING, I_RECEIVING, I_DONE };
enum use { FREE, PENDING, RECEIVED, ORPHAN };
enum type { T_THREAD = 1, T_CHANNEL, T_CORE, T_IPI, T_LOCK_NEXT, T_LOCK_OWNER };
enum { CHANNEL_ORDER = 1 << 10, CORE_ORDER = 2 << 10, THREAD_ORDER = 3 << 10 };
/* norma.abi.Shared */
enum { OFF_MAGIC = 0, OFF_VERSION = 8, OFF_CORES = 0x10, OFF_FLAGS = 0x18, OFF_SLICE = 0x20,
       OFF_RING_RECORDS = 0x28, OFF_RINGS = 0x30, OFF_FIRST_PROGRAM = 0x50,
       OFF_FIRST_PRIORITY = 0x58, OFF_STATE = 0x100, OFF_PANIC = 0x110,
       OFF_FIRST_EVENT_TIME = 0x118, RING_TAIL = 64, RING_STALLS = 128, RING_RECORDS = 4096 };
enum { RECORD = 1, RECORD_LOCKS = 2, OVERWRITE = 4, WHOLE_RUN = 8, CHECKPOINTS = 16 };
/* The IPI word: pending, epoch of its last snapshot, version. */
enum { IPI_PENDING = 1, IPI_VERSION_SHIFT = 17 };
enum { RUNNING = 2, FINISHED = 3, PANICKED = 4, OVERFLOWED = 5 };
#define MAGIC 0x314B43414D524F4El
#define STALL_LIMIT 20000000000l
#define STALL_STEP 1000000000l

struct lock {
    int next, owner, order;
#if TWIN_CHECKS
    struct lock *below; /* what its core entered last before */
#endif
};
struct tracked { long object, version; };
struct recorder {
    int core;
    bool recording, whole_run;
    long ring, slots, records, head, limit;
};
/* Begins where the compiled class begins: one word, then the fields that offsets.h names. */
struct frame {
    long header, number, argument[4], pc, sp, status, r[25], result, word, in_call;
    int slot;
};
struct thread {
    struct tracked tracked;
    int index;
    struct lock lock;
    struct frame frame;
    int state, generation, base, effective, home;
    bool asleep, timed;
    int ipc, channel, tag, donated;
    long message;
    int serves, attached;
    long deadline;
    struct thread *next, *previous, *next_server;
    int program;
};
struct queue { struct thread *first[PRIORITIES], *last[PRIORITIES]; unsigned occupied; int urgent, count; };
struct core {
    struct tracked tracked;
    int index;
    struct recorder recorder;
    bool armed, inside, traces_locks;
#if TWIN_CHECKS
    struct lock *top; /* entered last and still held */
#endif
    struct lock lock;
    struct queue queue;
    bool idle;
    int level;
    long ipi_word;
    int ready_hint, waiting;
    struct thread *current, *wake_first, *wake_last;
    int kicks;
    long donors, slice_end, next_deadline, timer, seen;
};
struct list { struct thread *first, *last; int count; };
struct channel {
    struct tracked tracked;
    int index;
    struct lock lock;
    bool live;
    int incarnation, use[TAGS];
    struct thread *owner[TAGS];
    unsigned tags_in_use;
    int ring[TAGS], ring_first, ring_count;
    struct list waiters, receivers;
    int donations[PRIORITIES], boost;
    struct thread *servers;
    int settled;
};
extern struct core cores[CORES];
extern struct thread threads[THREADS];
extern struct channel channels[CHANNELS];
void twin_stop(int state);
/* The twin has no checkpoints, only the questions: who would have to write one stops the machine. */
void twin_checkpoint(void) __attribute__((cold, noinline, noreturn));

#define LOAD(p) __atomic_load_n(&(p), __ATOMIC_RELAXED)
#define STORE(p, v) __atomic_store_n(&(p), v, __ATOMIC_RELAXED)

/* ---- records ----------------------------------------------------------------------------------- */

static inline long params(int a, int b, int c, int d) {
    return (a & 0xffffl) | (b & 0xffffl) << 16 | (c & 0xffffl) << 32 | (long)((d & 0xfffful) << 48);
}
static inline long outcome(int code, int a, int b, int c) { return params(code & 0xff, a, b, c); }
static inline long packed(int code, int tag, int caller) {
    return code | (long)(tag & 0xffff) << 16 | (long)(caller & 0xffff) << 32;
}
static inline long object(int type, int index) { return (long)(type << 12 | index) << 48; }
#define TOUCH(x) ((x)->tracked.object | ++(x)->tracked.version)

RT_COLD static void wait_for_room(struct recorder *r) {
    if (!r->whole_run) {
        long waited = 0;
        long before = norma_now();
        norma_store(r->ring + RING_STALLS, norma_load(r->ring + RING_STALLS) + 1);
        r->limit = norma_load_acquire(r->ring + RING_TAIL) + r->records;
        while (r->head >= r->limit && waited < STALL_LIMIT) {
            norma_relax();
            long now = norma_now();
            waited += now - before < STALL_STEP ? now - before : STALL_STEP;
            before = now;
            r->limit = norma_load_acquire(r->ring + RING_TAIL) + r->records;
        }
    }
    if (r->head >= r->limit) twin_stop(OVERFLOWED);
}

static RT_INLINE void write_record(struct recorder *r, int kind, int touched, long p, long word,
                                   long result, long first, long second, long third) {
    long at = r->slots + ((r->head & (r->records - 1)) << 6);
    norma_store(at, kind | (long)r->core << 8 | (long)touched << 16 | r->head << 32);
    norma_store(at + 8, p);
    norma_store(at + 16, word);
    norma_store(at + 24, result);
    norma_store(at + 32, first);
    norma_store(at + 40, second);
    norma_store(at + 48, third);
    norma_store(at + 56, 0);
    r->head++;
    norma_store_release(r->ring, r->head);
}
RT_COLD static void record_with_room(struct recorder *r, int kind, int touched, long p, long word,
                                     long result, long first, long second, long third) {
    wait_for_room(r);
    write_record(r, kind, touched, p, word, result, first, second, third);
}
RT_COLD static void record(struct recorder *r, int kind, int touched, long p, long word,
                           long result, long first, long second, long third) {
    if (r->head >= r->limit)
        record_with_room(r, kind, touched, p, word, result, first, second, third);
    else
        write_record(r, kind, touched, p, word, result, first, second, third);
}

/* Before the first store of an event (norma.kernel.lang.Checkpoint). */
static inline void before_event(struct core *core) {
    if (RT_UNLIKELY(core->armed)) twin_checkpoint();
}

/* ---- locks ------------------------------------------------------------------------------------- */

RT_COLD static void trace_lock(struct core *core, struct lock *lock, int kind, int type, long version) {
    record(&core->recorder, kind, 1, params(lock->order, 0, 0, 0), 0, 0,
           object(type, lock->order) | version, 0, 0);
}
#if TWIN_CHECKS
/* A lock is left before one that was taken after it. */
RT_COLD static void unlink_lock(struct core *core, struct lock *lock) {
    struct lock *above = core->top;
    while (above && above->below != lock) above = above->below;
    CHECK(above);
    above->below = lock->below;
}
#endif
static RT_INLINE void acquire(struct lock *lock, struct core *core) {
#if TWIN_CHECKS
    CHECK(!core->top || core->top->order < lock->order);
#endif
    bool traced = core->traces_locks;
    int ticket = __atomic_fetch_add(&lock->next, 1, __ATOMIC_SEQ_CST);
    if (RT_UNLIKELY(traced))
        trace_lock(core, lock, EV_LOCK_TAKE, T_LOCK_NEXT, (long)(unsigned)ticket + 1);
    while (__atomic_load_n(&lock->owner, __ATOMIC_ACQUIRE) != ticket) norma_relax();
#if TWIN_CHECKS
    lock->below = core->top;
    core->top = lock;
#endif
    if (RT_UNLIKELY(traced))
        trace_lock(core, lock, EV_LOCK_ENTER, T_LOCK_OWNER, 2 * (long)(unsigned)ticket + 1);
}
static RT_INLINE void release(struct lock *lock, struct core *core) {
    int ticket = LOAD(lock->owner);
#if TWIN_CHECKS
    if (core->top == lock) core->top = lock->below;
    else unlink_lock(core, lock);
#endif
    if (RT_UNLIKELY(core->traces_locks))
        trace_lock(core, lock, EV_LOCK_LEAVE, T_LOCK_OWNER, 2 * (long)(unsigned)ticket + 2);
    __atomic_store_n(&lock->owner, ticket + 1, __ATOMIC_RELEASE);
}
/* One thread, or two by rising index. */
static RT_INLINE void acquire_threads(struct core *core, struct thread *one, struct thread *two) {
    struct thread *first = one, *second = two;
    if (two && two->index < one->index) first = two, second = one;
    acquire(&first->lock, core);
    if (second) acquire(&second->lock, core);
}
static RT_INLINE void release_threads(struct core *core, struct thread *one, struct thread *two) {
    if (two) release(&two->lock, core);
    release(&one->lock, core);
}

/* ---- threads and lists --------------------------------------------------------------------------- */

static inline int slot_of(struct thread *t) { return t ? t->index : NONE; }
static inline bool calling(struct thread *t) { return t->ipc == I_CALLING; }
static inline void conclude(struct thread *t, long result, long word) {
    t->ipc = I_DONE;
    t->frame.result = result;
    t->frame.word = word;
}
static inline void finish(struct thread *t, int code, int tag, int caller, long word) {
    STORE(t->channel, NONE);
    t->tag = NONE;
    t->donated = -1;
    t->timed = false;
    STORE(t->deadline, 0l);
    conclude(t, packed(code, tag, caller), word);
}
/* Back to user mode, with its result if it has one. */
static inline void return_to_user(struct thread *t) { t->ipc = I_IDLE; }
static inline void wake(struct core *core, struct thread *t) {
    CHECK(t->state == S_WOKEN);
    t->next = 0;
    if (core->wake_first) core->wake_last->next = t;
    else core->wake_first = t;
    core->wake_last = t;
}
static inline void append(struct list *l, struct thread *t) {
    t->next = 0;
    if (l->last) l->last->next = t;
    else l->first = t;
    l->last = t;
    l->count++;
}
static inline void list_remove(struct list *l, struct thread *t) {
    struct thread *before = 0, *at = l->first;
    while (at && at != t) before = at, at = at->next;
    CHECK(at == t);
    if (before) before->next = t->next;
    else l->first = t->next;
    if (l->last == t) l->last = before;
    t->next = 0;
    l->count--;
}
static inline int urgent(struct queue *q) { return q->urgent; }
static inline struct thread *head_of(struct queue *q) {
    int level = urgent(q);
    return level < 0 ? 0 : q->first[level];
}
static RT_INLINE void insert(struct queue *q, struct thread *t) {
    CHECK(t->state == S_READY);
    int level = LOAD(t->effective);
    struct thread *tail = q->last[level];
    t->previous = tail;
    t->next = 0;
    if (tail) tail->next = t;
    else q->first[level] = t;
    q->last[level] = t;
    q->occupied |= 1u << level;
    if (level > q->urgent) q->urgent = level;
    q->count++;
}
static RT_INLINE void queue_remove(struct queue *q, struct thread *t) {
    CHECK(t->state == S_READY);
    int level = LOAD(t->effective);
    struct thread *before = t->previous, *after = t->next;
    CHECK(before || q->first[level] == t);
    if (before) before->next = after;
    else q->first[level] = after;
    if (after) after->previous = before;
    else q->last[level] = before;
    if (!q->first[level]) {
        q->occupied &= ~(1u << level);
        if (level == q->urgent) q->urgent = q->occupied ? 31 - rt_clz32((int)q->occupied) : -1;
    }
    t->next = t->previous = 0;
    q->count--;
}
static inline void publish_ready(struct core *core) { STORE(core->ready_hint, core->queue.count); }
