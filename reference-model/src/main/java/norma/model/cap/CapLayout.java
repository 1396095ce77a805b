package norma.model.cap;

import norma.model.Words;

/**
 * Sizes of a machine of {@code Capability.tla}, and where its variables lie in a state's window.
 *
 * <p>Handles are numbered through all tables: slot {@code s} of process {@code p} is {@code p *
 * slots + s}. A set of rights is a word with a bit for each.
 */
final class CapLayout {
    final int threads;
    final int processes;
    final int slots;
    final int objects;
    final int rights;
    final int badges;
    final int maxDepth;
    final int lives;
    final int handles;

    final int process;
    final int table;
    final int slot;
    final int serial;
    final int object;
    final int allowed;
    final int badge;
    final int parent;
    final int work;
    final int useOf;
    final int useSerial;
    final int useRight;
    final int useObject;
    final int useDone;
    final int count;
    final int doomed;
    final int size;

    CapLayout(CapModel.Constants c) {
        threads = c.threads();
        processes = c.processes();
        slots = c.slots();
        objects = c.objects();
        rights = c.rights();
        badges = c.badges();
        maxDepth = c.maxDepth();
        lives = c.lives();
        handles = processes * slots;
        Words words = new Words();
        process = words.take(threads);
        table = words.take(processes);
        slot = words.take(handles);
        serial = words.take(handles);
        object = words.take(handles);
        allowed = words.take(handles);
        badge = words.take(handles);
        parent = words.take(handles);
        work = words.take(threads);
        useOf = words.take(threads);
        useSerial = words.take(threads);
        useRight = words.take(threads);
        useObject = words.take(threads);
        useDone = words.take(threads);
        count = words.take(objects);
        doomed = words.take(handles);
        size = words.count();
    }

    int handle(int ofProcess, int ofSlot) {
        return ofProcess * slots + ofSlot;
    }

    int processOf(int handle) {
        return handle / slots;
    }

    int slotOf(int handle) {
        return handle % slots;
    }

    int allRights() {
        return (1 << rights) - 1;
    }
}
