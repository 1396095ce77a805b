package norma.speccheck.make;

import norma.model.Model;
import norma.model.State;
import norma.model.space.SpaceModel;

/** Makes the model of {@code AddressSpace.tla}. */
public final class AddressSpaceMaker implements Maker {
    @Override
    public Class<? extends Model<? extends State>> type() {
        return SpaceModel.class;
    }

    @Override
    public Model<? extends State> make(Constants c) {
        return new SpaceModel(
                new SpaceModel.Constants(
                        c.get("cores"),
                        c.get("threads"),
                        c.get("spaces"),
                        c.get("pages"),
                        c.get("frames"),
                        c.get("protections")));
    }
}
