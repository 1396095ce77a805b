package norma.bench;

import java.util.List;
import norma.conformance.scenario.Script;
import norma.conformance.scenario.ScriptException;
import norma.conformance.scenario.ScriptParser;

/**
 * An operation to count: a script that repeats it N times, everything on one core, with no time
 * slice ending.
 *
 * @param key short name, in figures' keys
 * @param title for people
 * @param text the script; {@code @N@} is the number of repetitions
 */
record Workload(String key, String title, String text) {
    private static final String HEADER = "slice 1s\npriority 6\nevents 65536 calls 256\n";

    private static final String SERVER =
            """
            program server
            again:
              receive 0
              if word == 0 goto out
              reply 0 tag word
              goto again
            out:
              end
            program client
              set r5 @N@
            more:
              call 0 r5
              loop r5 more
              call 0 0
              end
            """;

    static final Workload NULL_CALL =
            new Workload(
                    "null",
                    "null call",
                    """
                    program main
                      set r5 @N@
                    more:
                      raw 0
                      loop r5 more
                      end
                    """);

    static final Workload ROUND_TRIP =
            new Workload(
                    "ipc",
                    "IPC round trip",
                    """
                    program main
                      spawn 1 server priority 4 serves 0
                      spawn 2 client priority 3
                      end
                    """
                            + SERVER);

    static final Workload INHERITING =
            new Workload(
                    "ipc-inherit",
                    "IPC, server inherits",
                    """
                    program main
                      spawn 1 server priority 3 serves 0
                      spawn 2 client priority 4
                      end
                    """
                            + SERVER);

    static final Workload YIELD =
            new Workload(
                    "yield",
                    "yield and back",
                    """
                    program main
                      spawn 1 peer priority 4
                      spawn 2 peer priority 4
                      end
                    program peer
                      set r5 @N@
                    more:
                      yield
                      loop r5 more
                      end
                    """);

    static final Workload SPAWN =
            new Workload(
                    "spawn",
                    "spawn and end",
                    """
                    program main
                      set r5 @N@
                    more:
                      spawn 1 child priority 7
                      loop r5 more
                      end
                    program child
                      end
                    """);

    static final List<Workload> ALL = List.of(NULL_CALL, ROUND_TRIP, INHERITING, YIELD, SPAWN);

    Script script(int repetitions) {
        try {
            return ScriptParser.parse(HEADER + text.replace("@N@", Integer.toString(repetitions)));
        } catch (ScriptException e) {
            throw new IllegalStateException("workload " + key + ": " + e.getMessage(), e);
        }
    }
}
