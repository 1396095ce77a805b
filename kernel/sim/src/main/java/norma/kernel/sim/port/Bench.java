package norma.kernel.sim.port;

import java.util.List;
import java.util.function.IntSupplier;

/** A machine on which nothing happens but what is asked for, under one core at a time. */
public interface Bench {
    /** Cores and recording that the boot block asks for; what there was before is gone. */
    void boot(int cores, String recording);

    /** Records of each ring, a power of two, from the next boot on. */
    void rings(int records);

    /** What the machine was switched off with. */
    int status();

    /** The time from now on. */
    void time(long now);

    /** What happens each time that a core waits for others. */
    void whenRelaxing(Runnable action);

    /** What happens each time that the timer is set. */
    void whenArming(Runnable action);

    /** What comes each time that a core waits for an interrupt; without it none ever does. */
    void whenWaiting(IntSupplier cause);

    /**
     * Accesses to fields since the last time that this was asked: class and field, a blank, and the
     * bits of {@code Probe}, which are 0 for a plain one.
     */
    List<String> accesses();

    /** Times that the timer has been set to since the last time that this was asked. */
    List<Long> armed();

    /** Cores that an IPI has been sent to since the last time that this was asked. */
    List<Integer> kicked();

    /**
     * What has been done to page tables since the last time that this was asked: {@code make},
     * {@code load}, {@code flush}, {@code enter} or {@code clear} and its arguments, blanks
     * between.
     */
    List<String> tables();

    /** Where user mode faults from now on, and how it tried to reach that page. */
    void fault(int page, int access);

    /** Reads a word of the shared block. */
    long word(long offset);

    /** Writes a word of the shared block. */
    void word(long offset, long value);

    /** The machine has been switched off, or would wait for ever. */
    final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** Says why. */
        public Stopped(String why) {
            super(why);
        }
    }
}
