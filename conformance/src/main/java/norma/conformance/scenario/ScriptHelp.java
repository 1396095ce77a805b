package norma.conformance.scenario;

import java.util.List;
import java.util.Map;
import norma.abi.Limits;
import norma.abi.Op;

/** The script language, for people. */
public final class ScriptHelp {
    private static final String TEMPLATE =
            """
            A script is a list of programs; the first one runs in thread 0 and starts the others.
            One statement a line; # begins a comment.

              slice TIME                   time slice, from {SLICE}ns on (before the first program;
                                           default 1ms)
              priority P                   priority of thread 0 (default 4; larger is more urgent)
              pages N frames M             thread 0 and all that it starts live in an address space of
                                           N pages, 1..{PAGES}, with M frames of memory, 1..{FRAMES};
                                           without this line in none
              events N calls M             size of a run under icount, whose rings are never drained:
                                           N events in all, 1..{RECORDS}, M system calls of one
                                           thread, 1..{ENTRIES}
              locks                        record and validate lock events too
              checkpoints N                write a checkpoint whenever a core has recorded N events,
                                           1..{CHECKPOINT}; every snapshot in it is compared with
                                           the model
              recorder overwrite N         rings of N records, a power of two in {RING}..{RECORDS},
                                           the oldest overwritten; what is left at the end is
                                           validated from its oldest checkpoint
              recorder later N             the same, and nothing is recorded before `record`
              program NAME                 begins one of {PROGRAMS} programs at most, of at most
                                           {OPERATIONS} operations
              LABEL:                       a place to go to in this program
              set R V | add R V            R := V, R := R + V
              random R V                   R := pseudo-random number in 0..V-1, V in 1..{RANDOM}
              goto LABEL
              loop R LABEL                 R := R - 1; go to LABEL unless R is 0
              if V == V goto LABEL | if V != V goto LABEL
              spawn SLOT NAME priority P [serves CHANNEL]
              call CHANNEL V [timeout TIME]
              receive CHANNEL | reply CHANNEL TAG V
              cancel SLOT | restart CHANNEL
              sleep TIME | yield | spin V  V in 0..{ROUNDS}
              map PAGE PAGE RIGHTS         pages, first and last, that have none yet get memory when
                                           they are touched
              unmap PAGE PAGE | protect PAGE PAGE RIGHTS
              fork SLOT NAME               a copy of this process: its memory, and that thread in it,
                                           which runs a program of its own
              exec NAME [V]                a program of userland/programs takes the place of all in
                                           this process's pages and is given V; r0 := INVALID,
                                           r1 := why, if it cannot be
              touch PAGE RIGHTS [V]        reaches a page: word := what was written there last, or
                                           writes V, or executes what was written
              attempt PAGE RIGHTS [V]      the same, of a thread that may not, or of a page that
                                           there is no memory for: the thread dies of it
              record                       switches the recorder on; refused if it is
              fault [ATTEMPT]              what user mode may not do, and the thread dies of:
                                           {ATTEMPTS}
              raw NUMBER [V [V]]           any system call, {LOWCALL}..{HIGHCALL}, for those
                                           that the kernel must refuse
              end                          the thread ends, and the server that it is part of
              follow                       the thread carries out those operations of the tour's
                                           leg that are for its slot, each in its turn, and ends
                                           when the leg is over
              nextleg R R R                the leg is over; the registers get the next one's time in
                                           ns, or 0 if there is none, and its two numbers
              beginleg                     that one begins
              restarted R                  R := 1 if all threads together have restarted channels an
                                           odd number of times, else 0
              tour                         after the programs, at most {TOUR} lines:
                leg TIME N N               a leg with its time and two numbers, 0..{LEGWORD}
                at SLOT OPERATION          an operation of the leg, for the thread in that slot: one
                                           that does not jump

              R     r0..r15; r0 to r4 are also code, tag, caller, word (of the last call) and self
              V     a number of 64 bits, decimal or 0x.., a register, or a code: OK DEAD BADTAG
                    ORPHANED CANCELLED TIMEOUT NOCALL BUSY INVALID MSG; the numbers
                    {REGISTER} to {LASTREGISTER} are reserved
              RIGHTS read, write or execute; PAGE 0..{PAGE} at most, a number below the script's
                    own number of pages, or a register
              TIME  a number with ns, us, ms or s, at most {TIME}ns, or a register
                    (but in slice); a timeout is at least 1ns
              P     0..{PRIORITY}
              SLOT  thread 0..{SLOT}; CHANNEL 0..{CHANNEL}; TAG 0..{TAG}; NUMBER: numbers or
                    registers. What a register holds is checked by the kernel, when it is used.

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

    /** Grammar and an example. */
    public static final String TEXT = text();

    private ScriptHelp() {}

    private static String text() {
        Map<String, Long> numbers =
                Map.ofEntries(
                        Map.entry("SLICE", Ranges.LEAST_SLICE),
                        Map.entry("RECORDS", (long) Ranges.MOST_RECORDS),
                        Map.entry("ENTRIES", (long) Ranges.MOST_ENTRIES),
                        Map.entry("CHECKPOINT", (long) Ranges.MOST_CHECKPOINT),
                        Map.entry("RING", (long) Ranges.LEAST_RING),
                        Map.entry("PROGRAMS", (long) Ranges.MOST_PROGRAMS),
                        Map.entry("OPERATIONS", (long) Ranges.MOST_OPERATIONS),
                        Map.entry("RANDOM", Ranges.MOST_RANDOM),
                        Map.entry("TOUR", (long) Ranges.MOST_TOUR),
                        Map.entry("LEGWORD", Ranges.MOST_LEG_WORD),
                        Map.entry("ROUNDS", Ranges.MOST_ROUNDS),
                        Map.entry("LOWCALL", Ranges.LEAST_CALL),
                        Map.entry("HIGHCALL", Ranges.MOST_CALL),
                        Map.entry("REGISTER", Op.REGISTER),
                        Map.entry("LASTREGISTER", Op.REGISTER + Op.REGISTERS - 1),
                        Map.entry("TIME", Ranges.MOST_TIME),
                        Map.entry("PRIORITY", Limits.PRIORITIES - 1L),
                        Map.entry("SLOT", Limits.THREADS - 1L),
                        Map.entry("CHANNEL", Limits.CHANNELS - 1L),
                        Map.entry("TAG", Limits.TAGS - 1L),
                        Map.entry("PAGES", (long) Limits.PAGES),
                        Map.entry("PAGE", Limits.PAGES - 1L),
                        Map.entry("FRAMES", (long) Limits.FRAMES));
        String text = TEMPLATE;
        for (Map.Entry<String, Long> number : numbers.entrySet()) {
            text = text.replace("{" + number.getKey() + "}", number.getValue().toString());
        }
        String indent = " ".repeat(43);
        List<String> all = ScriptParser.ATTEMPTS;
        int half = (all.size() + 1) / 2;
        return text.replace(
                "{ATTEMPTS}",
                String.join(" ", all.subList(0, half))
                        + "\n"
                        + indent
                        + String.join(" ", all.subList(half, all.size())));
    }
}
