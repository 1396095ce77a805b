package norma.kernel.sim;

import java.util.function.Supplier;
import norma.abi.Shared;
import norma.user.Elf;
import norma.user.UserWorld;

/**
 * A machine that has only an archive of programs, for the decoders of user mode. Every read beside
 * it is a failure.
 */
public final class ArchiveWorld implements UserWorld {
    private final byte[] bytes;
    private final long length;

    /** An archive; of {@code length} bytes, of which all behind {@code bytes} are zero. */
    public ArchiveWorld(byte[] bytes, long length) {
        this.bytes = bytes.clone();
        this.length = length;
    }

    /** Runs something on this machine. */
    public <T> T run(Supplier<T> body) {
        CURRENT.set(this);
        try {
            return body.get();
        } finally {
            CURRENT.remove();
        }
    }

    @Override
    public int octet(long offset) {
        if (offset < 0 || offset >= length) {
            throw new IllegalStateException("read at " + offset);
        }
        return offset < bytes.length ? bytes[(int) offset] & 0xff : 0;
    }

    @Override
    public long load(long offset) {
        if (offset != Shared.OFF_PROGRAMS) {
            throw none();
        }
        return length;
    }

    @Override
    public int machine() {
        return Elf.X86_64;
    }

    @Override
    public long systemCall(int number, long a, long b, long c, long d, long wordAt) {
        throw none();
    }

    @Override
    public void forbidden(int what) {
        throw none();
    }

    @Override
    public long reach(int page, int access, long value) {
        throw none();
    }

    @Override
    public void install(long to, long offset, long count) {
        throw none();
    }

    @Override
    public void begin(long entry, long stack, long slot, long argument) {
        throw none();
    }

    @Override
    public void relax() {
        throw none();
    }

    @Override
    public long loadAcquire(long offset) {
        throw none();
    }

    @Override
    public void store(long offset, long value) {
        throw none();
    }

    @Override
    public void storeRelease(long offset, long value) {
        throw none();
    }

    private static IllegalStateException none() {
        return new IllegalStateException("this machine has an archive, and nothing else");
    }
}
