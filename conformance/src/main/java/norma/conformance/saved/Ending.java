package norma.conformance.saved;

/** How the run of a trace was over; its place in this list is what a saved trace says. */
public enum Ending {
    /** Stopped in the middle: what is still to be done proves nothing. */
    STOPPED,
    /** Every thread ended and every core went idle. */
    ENDED,
    /** Stopped after no event had come for a long time: a duty still to be done never will be. */
    QUIET
}
