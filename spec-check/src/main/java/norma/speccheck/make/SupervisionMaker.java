package norma.speccheck.make;

import norma.model.Model;
import norma.model.State;
import norma.model.supervise.SupModel;

/** Makes the model of {@code Supervision.tla}. */
public final class SupervisionMaker implements Maker {
    @Override
    public Class<? extends Model<? extends State>> type() {
        return SupModel.class;
    }

    @Override
    public Model<? extends State> make(Constants c) {
        return new SupModel(
                new SupModel.Constants(
                        c.get("cores"),
                        c.get("helpers"),
                        c.get("services"),
                        c.get("graph"),
                        c.get("controls"),
                        c.get("budget"),
                        c.get("maxDelay"),
                        c.get("parts")));
    }
}
