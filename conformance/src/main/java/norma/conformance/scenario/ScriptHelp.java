package norma.conformance.scenario;

/** The script language, for people. */
public final class ScriptHelp {
    /** Grammar and an example. */
    public static final String TEXT =
            """
            A script is a list of programs; the first one runs in thread 0 and starts the others.
            One statement a line; # begins a comment.

              slice TIME                   time slice (before the first program; default 1ms)
              priority P                   priority of thread 0, 0..7 (default 4; larger is more urgent)
              events N calls M             size of a run under icount, whose rings are never drained:
                                           N events in all, M system calls of one thread
              locks                        record and validate lock events too
              checkpoints N                write a checkpoint whenever a core has recorded N events;
                                           every snapshot in it is compared with the model
              recorder overwrite N         rings of N records, the oldest overwritten; what is left
                                           at the end is validated from its oldest checkpoint
              recorder later N             the same, and nothing is recorded before `record`
              program NAME                 begins a program of at most 256 operations
              LABEL:                       a place to go to in this program
              set R V | add R V            R := V, R := R + V
              random R V                   R := pseudo-random number in 0..V-1
              goto LABEL
              loop R LABEL                 R := R - 1; go to LABEL unless R is 0
              if V == V goto LABEL | if V != V goto LABEL
              spawn SLOT NAME priority P [serves CHANNEL]
              call CHANNEL V [timeout TIME]
              receive CHANNEL | reply CHANNEL TAG V
              cancel SLOT | restart CHANNEL
              sleep TIME | yield | spin V
              record                       switches the recorder on; refused if it is
              fault                        a privileged instruction: the thread dies
              raw NUMBER [V [V]]           any system call, for those that the kernel must refuse
              end                          the thread ends, and the server that it is part of

              R     r0..r15; r0 to r4 are also code, tag, caller, word (of the last call) and self
              V     a number, a register, or a code: OK DEAD BADTAG ORPHANED CANCELLED TIMEOUT
                    NOCALL BUSY INVALID MSG
              TIME  a number with ns, us, ms or s, or a register
              SLOT  thread 0..63; CHANNEL 0..15; TAG 0..7

            Example: a server and a client that calls it three times.

              program main
                spawn 1 server priority 3 serves 0
                spawn 2 client priority 2
                end
              program server
              again:
                receive 0
                if code != MSG goto out
                if word == 0 goto out
                reply 0 tag word
                goto again
              out:
                end
              program client
                set r5 3
              more:
                call 0 r5
                loop r5 more
                call 0 0              # the server ends without an answer: code DEAD
                end
            """;

    private ScriptHelp() {}
}
