package norma.speccheck.make;

import norma.model.Model;
import norma.model.State;

/** Makes the reference model of one specification. */
public interface Maker {
    /** The class of the models. */
    Class<? extends Model<? extends State>> type();

    /** The model at the given constants. */
    Model<? extends State> make(Constants constants);
}
