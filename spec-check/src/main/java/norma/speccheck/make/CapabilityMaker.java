package norma.speccheck.make;

import norma.model.Model;
import norma.model.State;
import norma.model.cap.CapModel;

/** Makes the model of {@code Capability.tla}. */
public final class CapabilityMaker implements Maker {
    @Override
    public Class<? extends Model<? extends State>> type() {
        return CapModel.class;
    }

    @Override
    public Model<? extends State> make(Constants c) {
        return new CapModel(
                new CapModel.Constants(
                        c.get("threads"),
                        c.get("processes"),
                        c.get("slots"),
                        c.get("objects"),
                        c.get("rights"),
                        c.get("badges"),
                        c.get("maxDepth"),
                        c.get("lives")));
    }
}
