package norma.speccheck.make;

import norma.model.Model;
import norma.model.State;
import norma.model.kernel.KernelConstants;
import norma.model.kernel.KernelModel;
import norma.model.space.SpaceModel;

/** Makes the model of {@code Kernel.tla}. */
public final class KernelMaker implements Maker {
    @Override
    public Class<? extends Model<? extends State>> type() {
        return KernelModel.class;
    }

    @Override
    public Model<? extends State> make(Constants c) {
        return new KernelModel(
                new KernelConstants(
                        c.get("cores"),
                        c.get("threads"),
                        c.get("channels"),
                        c.get("tags"),
                        c.get("payloads"),
                        c.get("priorities"),
                        c.get("incarnations"),
                        c.get("generations"),
                        c.is("timeouts"),
                        c.get("tickets"),
                        c.is("channelLocks"),
                        c.is("coreLocks"),
                        c.is("threadLocks"),
                        c.get("firstPriority"),
                        new SpaceModel.Constants(
                                c.get("cores"),
                                c.get("threads"),
                                c.get("spaces"),
                                c.get("pages"),
                                c.get("frames"),
                                c.get("protections")),
                        c.is("spaceLocks"),
                        c.is("memoryLock")));
    }
}
