package norma.speccheck.make;

import norma.model.Model;
import norma.model.State;
import norma.model.ipc.IpcModel;

/** Makes the model of {@code Ipc.tla}. */
public final class IpcMaker implements Maker {
    @Override
    public Class<? extends Model<? extends State>> type() {
        return IpcModel.class;
    }

    @Override
    public Model<? extends State> make(Constants c) {
        return new IpcModel(
                new IpcModel.Constants(
                        c.get("threads"),
                        c.get("channels"),
                        c.get("tags"),
                        c.get("payloads"),
                        c.get("priorities"),
                        c.get("incarnations"),
                        c.is("timeouts")));
    }
}
