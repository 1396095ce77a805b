package norma.speccheck.make;

import norma.model.Model;
import norma.model.State;
import norma.model.sched.SchedModel;

/** Makes the model of {@code Scheduler.tla}. */
public final class SchedulerMaker implements Maker {
    @Override
    public Class<? extends Model<? extends State>> type() {
        return SchedModel.class;
    }

    @Override
    public Model<? extends State> make(Constants c) {
        return new SchedModel(
                c.get("cores"), c.get("threads"), c.get("priorities"), c.get("generations"));
    }
}
