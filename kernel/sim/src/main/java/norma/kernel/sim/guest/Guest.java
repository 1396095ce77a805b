package norma.kernel.sim.guest;

import norma.abi.SystemCall;
import norma.kernel.entry.Kernel;
import norma.kernel.entry.KernelEntry;
import norma.kernel.sim.port.GuestKernel;
import norma.kernel.thread.Frame;
import norma.user.ScriptRunner;

/** The kernel's entries and frames behind {@link GuestKernel}. */
public final class Guest implements GuestKernel {
    private final Kernel kernel = new Kernel();

    /** Makes guests. */
    public static final class Factory implements GuestKernel.Factory {
        @Override
        public GuestKernel create() {
            return new Guest();
        }
    }

    @Override
    public int boot() {
        return KernelEntry.boot(kernel).slot;
    }

    @Override
    public int coreMain(int core) {
        return KernelEntry.coreMain(kernel, kernel.cores[core]).slot;
    }

    @Override
    public int trap(int core, int cause, long pc) {
        return KernelEntry.trap(kernel, kernel.cores[core], cause, pc).slot;
    }

    private Frame frame(int slot) {
        return kernel.threads[slot].frame;
    }

    @Override
    public void call(int slot, long number, long a, long b, long c, long d) {
        frame(slot).call(number, a, b, c, d);
    }

    @Override
    public long argument0(int slot) {
        return frame(slot).argument0();
    }

    @Override
    public long argument1(int slot) {
        return frame(slot).argument1();
    }

    @Override
    public long result(int slot) {
        return frame(slot).result();
    }

    @Override
    public long word(int slot) {
        return frame(slot).word();
    }

    @Override
    public boolean again(int slot) {
        return !frame(slot).inCall();
    }

    @Override
    public boolean ends(int slot) {
        return frame(slot).number() == SystemCall.EXIT;
    }

    @Override
    public void returned(int slot) {
        frame(slot).returned();
    }

    @Override
    public int generation(int slot) {
        return kernel.threads[slot].generation;
    }

    @Override
    public void user(int slot, int program) {
        ScriptRunner.main(slot, program);
    }
}
