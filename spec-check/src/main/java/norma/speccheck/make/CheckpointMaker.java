package norma.speccheck.make;

import norma.model.Model;
import norma.model.State;
import norma.model.checkpoint.CheckpointModel;

/** Makes the model of {@code Checkpoint.tla}. */
public final class CheckpointMaker implements Maker {
    @Override
    public Class<? extends Model<? extends State>> type() {
        return CheckpointModel.class;
    }

    @Override
    public Model<? extends State> make(Constants c) {
        return new CheckpointModel(
                new CheckpointModel.Constants(
                        c.get("cores"),
                        c.get("objects"),
                        c.get("epochs"),
                        c.get("changes"),
                        c.is("fromBoot")));
    }
}
