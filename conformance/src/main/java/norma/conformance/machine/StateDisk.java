package norma.conformance.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An empty qcow2 image, which QEMU needs to keep the state of a machine in. Format: QEMU,
 * docs/interop/qcow2.txt, version 2: header, reference counts, an empty map.
 */
final class StateDisk {
    private static final int MAGIC = 0x514649fb;
    private static final int VERSION = 2;
    private static final int CLUSTER_BITS = 16;
    private static final int CLUSTER = 1 << CLUSTER_BITS;

    /** Of the disk that nobody reads; the state lies behind it. */
    private static final long SIZE = 1 << 20;

    /** Clusters: header, table of reference counts, block of them, map. */
    private static final int CLUSTERS = 4;

    private StateDisk() {}

    static void write(Path file) throws IOException {
        ByteBuffer image = ByteBuffer.allocate(CLUSTERS * CLUSTER);
        image.putInt(MAGIC).putInt(VERSION);
        image.putLong(0).putInt(0); // no backing file
        image.putInt(CLUSTER_BITS).putLong(SIZE);
        image.putInt(0); // not encrypted
        image.putInt(1).putLong(3L * CLUSTER); // the map: entries, place
        image.putLong(CLUSTER).putInt(1); // table of reference counts: place, clusters
        image.putInt(0).putLong(0); // no snapshots yet
        image.putLong(CLUSTER, 2L * CLUSTER);
        for (int i = 0; i < CLUSTERS; i++) {
            image.putShort(2 * CLUSTER + 2 * i, (short) 1);
        }
        Files.write(file, image.array());
    }

    /** Options that give QEMU the image at {@code file}. */
    static String drive(Path file) {
        return "if=none,format=qcow2,file=" + file + ",id=state";
    }
}
