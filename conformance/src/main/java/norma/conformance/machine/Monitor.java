package norma.conformance.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import norma.conformance.machine.MachineException.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * QEMU's machine protocol (QMP; QEMU manual, "QEMU Machine Protocol Specification"): one command
 * after the other, each with an answer or an exception within {@link #LIMIT}.
 */
final class Monitor implements AutoCloseable {
    /** The longest time that a command takes on a busy host. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final long POLL_MILLIS = 2;
    private static final String END = "";

    private final SocketChannel channel;
    private final Machine machine;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final JsonMapper json = new JsonMapper();

    private Monitor(SocketChannel channel, Machine machine) {
        this.channel = channel;
        this.machine = machine;
        Thread.ofVirtual().name("qemu-monitor").start(this::read);
    }

    /** Options that make QEMU listen at {@code socket}. */
    static List<String> arguments(Path socket) {
        return List.of("-qmp", "unix:" + socket + ",server=on,wait=off");
    }

    /** Connects to a QEMU that has just been started. */
    static Monitor connect(Path socket, Machine machine) throws MachineException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                try {
                    channel.connect(UnixDomainSocketAddress.of(socket));
                    Monitor monitor = new Monitor(channel, machine);
                    monitor.next();
                    monitor.command("qmp_capabilities", Map.of());
                    return monitor;
                } catch (IOException e) {
                    channel.close();
                    if (!machine.isAlive() || System.nanoTime() - end >= 0) {
                        throw new MachineException(
                                Kind.QEMU_DIED, "QEMU does not listen: " + e.getMessage(), e);
                    }
                    Thread.sleep(POLL_MILLIS);
                }
            } catch (IOException e) {
                throw new MachineException(Kind.QEMU_DIED, "no socket: " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new MachineException(Kind.DEADLINE, "interrupted", e);
            }
        }
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // Closed, here or there: whoever waits is told below.
        } finally {
            lines.add(END);
        }
    }

    private JsonNode next() throws MachineException {
        try {
            String line = lines.poll(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null) {
                throw new MachineException(Kind.DEADLINE, "QEMU's monitor does not answer");
            }
            if (line.equals(END)) {
                throw new MachineException(Kind.QEMU_DIED, gone());
            }
            return json.readTree(line);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MachineException(Kind.DEADLINE, "interrupted", e);
        }
    }

    private String gone() {
        return "QEMU's monitor is gone: " + machine.ending();
    }

    /** Does a command; what it returns. */
    JsonNode command(String name, Map<String, ?> arguments) throws MachineException {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("execute", name);
        request.put("arguments", arguments);
        try {
            byte[] text =
                    (json.writeValueAsString(request) + "\n").getBytes(StandardCharsets.UTF_8);
            ByteBuffer buffer = ByteBuffer.wrap(text);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw new MachineException(Kind.QEMU_DIED, gone(), e);
        }
        for (JsonNode answer = next(); ; answer = next()) {
            if (answer.has("return")) {
                return answer.get("return");
            }
            if (answer.has("error")) {
                throw new MachineException(Kind.QEMU_DIED, "QEMU refuses " + name + ": " + answer);
            }
            // Anything else is an event.
        }
    }

    /** Does a command of the human monitor that says nothing if all is well. */
    void human(String line) throws MachineException {
        String said = command("human-monitor-command", Map.of("command-line", line)).asString();
        if (!said.isBlank()) {
            throw new MachineException(Kind.QEMU_DIED, "QEMU's " + line + ": " + said.strip());
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing more is wanted of it.
            return;
        }
    }
}
