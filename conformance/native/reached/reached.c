/*
 * QEMU plugin: how often guest instructions of chosen address ranges were executed.
 *
 * Contract: argument map=FILE, an existing file that holds a struct map: the number of ranges and the
 * ranges [from, to) by virtual address. An instruction in a range counts for it each time it begins.
 * Invariants: only what lies in a range is instrumented, so that a run is as fast as without; counters
 * are not atomic, and with several host threads counts are lost, but never all: a range that was
 * executed does not count 0. The host reads the file at any time, also after QEMU was killed.
 * Built without any header of the host; the C library's functions are QEMU's own.
 * Owner: conformance (norma.conformance.reach).
 */
typedef __UINT64_TYPE__ u64;
typedef __SIZE_TYPE__ size;

struct qemu_plugin_tb;
struct qemu_plugin_insn;
enum { OP_ADD_U64 = 0 };
typedef void (*translated)(u64 id, struct qemu_plugin_tb *);
extern void qemu_plugin_register_vcpu_tb_trans_cb(u64 id, translated);
extern void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *, int op, void *, u64);
extern size qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *);
extern struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *, size);
extern u64 qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *);

extern int open(const char *, int, ...);
extern long lseek(int, long, int);
extern void *mmap(void *, size, int, int, int, long);

#define EXPORT __attribute__((visibility("default")))

struct range { u64 from, to, count; };
struct map { u64 magic, ranges; struct range range[]; };
#define MAGIC 0x31484352u /* "RCH1", written here: the plugin was loaded */

EXPORT int qemu_plugin_version = 1;
static struct map *map;

static void on_translation(u64 id, struct qemu_plugin_tb *block) {
    (void)id;
    size n = qemu_plugin_tb_n_insns(block);
    for (size i = 0; i < n; i++) {
        struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(block, i);
        u64 address = qemu_plugin_insn_vaddr(insn);
        for (u64 r = 0; r < map->ranges; r++)
            if (address >= map->range[r].from && address < map->range[r].to)
                qemu_plugin_register_vcpu_insn_exec_inline(insn, OP_ADD_U64, &map->range[r].count, 1);
    }
}

static const char *after(const char *text, const char *prefix) {
    while (*prefix && *text == *prefix) text++, prefix++;
    return *prefix ? 0 : text;
}

EXPORT int qemu_plugin_install(u64 id, const void *info, int count, char **arguments) {
    (void)info;
    const char *file = count == 1 ? after(arguments[0], "map=") : 0;
    if (!file) return -1;
    int fd = open(file, 2 /* O_RDWR */);
    if (fd < 0) return -1;
    long bytes = lseek(fd, 0, 2 /* SEEK_END */);
    if (bytes < (long)sizeof *map) return -1;
    map = mmap(0, (size)bytes, 3 /* read, write */, 1 /* shared */, fd, 0);
    if (map == (void *)-1) return -1;
    if (map->ranges > ((size)bytes - sizeof *map) / sizeof(struct range)) return -1;
    map->magic = MAGIC;
    qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
    return 0;
}
