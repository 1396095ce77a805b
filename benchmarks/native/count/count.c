/*
 * QEMU plugin: how often each guest instruction was executed, by address.
 *
 * Contract: arguments map=FILE, an existing file, and latch=ADDRESS (hexadecimal). The file becomes
 * a hash table (struct table). Every instruction counts once each time it begins: an access to a
 * device, which QEMU restarts when it counts time in instructions, too. When the instruction at the
 * latch address is first executed, all counts so far are copied beside the counts.
 * Invariant: an entry whose address is 0 is free; probing is linear; dropped counts what found no
 * room, and a reader must refuse a table where it is not 0. One vCPU.
 * Built without any header of the host; the C library's functions are QEMU's own.
 * Owner: benchmarks.
 */
typedef __UINT64_TYPE__ u64;
typedef __SIZE_TYPE__ size;

struct qemu_plugin_tb;
struct qemu_plugin_insn;
enum { OP_ADD_U64 = 0, CB_NO_REGS = 0 };
typedef void (*translated)(u64 id, struct qemu_plugin_tb *);
typedef void (*executed)(unsigned cpu, void *data);
extern void qemu_plugin_register_vcpu_tb_trans_cb(u64 id, translated);
extern void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *, int op, void *, u64);
extern void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *, executed, int flags,
                                                   void *);
extern size qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *);
extern struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *, size);
extern u64 qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *);

extern int open(const char *, int, ...);
extern void *mmap(void *, size, int, int, int, long);

#define EXPORT __attribute__((visibility("default")))
#define SLOTS (1u << 17)

struct entry { u64 address, count, latched; };
struct table { u64 magic, dropped, latched, pad; struct entry entries[SLOTS]; };

EXPORT int qemu_plugin_version = 1;
static struct table *table;
static u64 latch_address;
static u64 waste;

static u64 *counter(u64 address) {
    u64 at = (address * 0x9E3779B97F4A7C15ul) >> 47;
    for (unsigned i = 0; i < SLOTS; i++) {
        struct entry *e = &table->entries[(at + i) & (SLOTS - 1)];
        if (!e->address) e->address = address;
        if (e->address == address) return &e->count;
    }
    table->dropped++;
    return &waste;
}

static void latch(unsigned cpu, void *data) {
    (void)cpu;
    (void)data;
    if (table->latched) return;
    table->latched = 1;
    for (unsigned i = 0; i < SLOTS; i++) table->entries[i].latched = table->entries[i].count;
}

static void on_translation(u64 id, struct qemu_plugin_tb *block) {
    (void)id;
    size n = qemu_plugin_tb_n_insns(block);
    for (size i = 0; i < n; i++) {
        struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(block, i);
        u64 address = qemu_plugin_insn_vaddr(insn);
        if (address == latch_address)
            qemu_plugin_register_vcpu_insn_exec_cb(insn, latch, CB_NO_REGS, 0);
        qemu_plugin_register_vcpu_insn_exec_inline(insn, OP_ADD_U64, counter(address), 1);
    }
}

static const char *after(const char *text, const char *prefix) {
    while (*prefix && *text == *prefix) text++, prefix++;
    return *prefix ? 0 : text;
}

static u64 hexadecimal(const char *s) {
    u64 n = 0;
    for (; *s; s++) n = n * 16 + (u64)(*s <= '9' ? *s - '0' : *s - 'a' + 10);
    return n;
}

EXPORT int qemu_plugin_install(u64 id, const void *info, int count, char **arguments) {
    (void)info;
    const char *file = 0, *value;
    for (int i = 0; i < count; i++) {
        if ((value = after(arguments[i], "map="))) file = value;
        if ((value = after(arguments[i], "latch="))) latch_address = hexadecimal(value);
    }
    if (!file) return -1;
    int fd = open(file, 2 /* O_RDWR */);
    if (fd < 0) return -1;
    table = mmap(0, sizeof *table, 3 /* read, write */, 1 /* shared */, fd, 0);
    if (table == (void *)-1) return -1;
    table->magic = 0x31544E554F43ul; /* "COUNT1" */
    qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
    return 0;
}
