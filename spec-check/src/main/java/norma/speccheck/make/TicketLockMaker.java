package norma.speccheck.make;

import norma.model.Model;
import norma.model.State;
import norma.model.lock.LockModel;

/** Makes the model of {@code TicketLock.tla}. */
public final class TicketLockMaker implements Maker {
    @Override
    public Class<? extends Model<? extends State>> type() {
        return LockModel.class;
    }

    @Override
    public Model<? extends State> make(Constants c) {
        return new LockModel(c.get("cores"), c.get("width"));
    }
}
