package norma.kernel.sim.mutate;

/** What a mutant does to the kernel's code. */
enum Operator {
    /** A lock is not taken. */
    DROP_ACQUIRE("drop-acquire", 100),
    /** A lock is not released. */
    DROP_RELEASE("drop-release", 100),
    /** A lock is taken twice. */
    DOUBLE_ACQUIRE("double-acquire", 1),
    /** A lock is released twice. */
    DOUBLE_RELEASE("double-release", 1),
    /** A record of the flight recorder, or a part of one, is not written. */
    DROP_EVENT("drop-event", 100),
    /** An atomic access orders less, or is none any more. */
    WEAKEN("weaken", 100),
    /** Two neighbouring statements change places. */
    SWAP("swap", 1),
    /** A comparison includes its bound or no longer does; a step is one longer. */
    OFF_BY_ONE("off-by-one", 1),
    /** A condition is the opposite. */
    NEGATE("negate", 1),
    /** Another constant: 0 and 1 for each other, else one more. */
    CONSTANT("constant", 1),
    /** A call that returns nothing does not happen. */
    DROP_CALL("drop-call", 1),
    /** A field or an element is not written. */
    DROP_STORE("drop-store", 1);

    /** As mutants are named. */
    final String text;

    /** Most mutants of this operator in one method; of more, so many are sampled. */
    final int most;

    Operator(String text, int most) {
        this.text = text;
        this.most = most;
    }

    /** Is it about locks, records and orderings, of which a method may have any number? */
    boolean always() {
        return most > 1 || this == DOUBLE_ACQUIRE || this == DOUBLE_RELEASE;
    }
}
