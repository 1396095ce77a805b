package norma.model.checkpoint;

import norma.model.Words;

/** The constants of {@code Checkpoint.tla}, and where its variables lie in a state's window. */
final class CheckpointLayout {
    private static final int KIND = 1;
    private static final int SNAPSHOT = 4;

    final int cores;
    final int objects;
    final int epochs;
    final int changes;
    final boolean fromBoot;
    final int records; // most that a core can write: markers, all snapshots, all events
    final int record; // words of one: its kind and its fields

    final int epoch;
    final int request;
    final int met;
    final int mode;
    final int waiting;
    final int armed;
    final int cep;
    final int stamp;
    final int ver;
    final int val;
    final int length;
    final int ring;
    final int size;

    CheckpointLayout(CheckpointModel.Constants c) {
        cores = c.cores();
        objects = c.objects();
        epochs = c.epochs();
        changes = c.changes();
        fromBoot = c.fromBoot();
        records = epochs + objects * (epochs + changes);
        record = KIND + Math.max(SNAPSHOT, objects);
        Words words = new Words();
        epoch = words.take(1);
        request = words.take(1);
        met = words.take(cores);
        mode = words.take(cores);
        waiting = words.take(cores);
        armed = words.take(cores);
        cep = words.take(cores);
        stamp = words.take(objects);
        ver = words.take(objects);
        val = words.take(objects);
        length = words.take(cores);
        ring = words.take(cores * records * record);
        size = words.count();
    }

    /** Offset of a field of a record of a core's ring. */
    int field(int core, int index, int field) {
        return ring + (core * records + index) * record + KIND + field;
    }

    int kind(int core, int index) {
        return field(core, index, 0) - KIND;
    }
}
