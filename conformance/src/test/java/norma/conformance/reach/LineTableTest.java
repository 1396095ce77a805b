package norma.conformance.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import norma.conformance.reach.LineTable.Range;
import org.junit.jupiter.api.Test;

class LineTableTest {
    private static final String TEXT =
            """
            x.elf:	file format elf64-littleriscv
            Line table prologue:
                total_length: 0x000086b1
            include_directories[  0] = "."
            include_directories[  1] = "norma/kernel/sched"
            file_names[  0]:
                       name: "kernel.c"
                  dir_index: 0
            file_names[  1]:
                       name: "Scheduler.java"
                  dir_index: 1

            Address            Line   Column File   ISA Discriminator Flags
            0x0000000080200000     42      5      1   0             0  is_stmt prologue_end
            0x0000000080200004     43      5      1   0             0  is_stmt
            0x0000000080200004     42      5      1   0             0  is_stmt
            0x0000000080200008     44      5      1   0             0  is_stmt
            0x000000008020000c     42      5      0   0             0  is_stmt
            0x0000000080200010     42      5      0   0             0  is_stmt end_sequence
            0x0000000000000000     44      5      1   0             0  is_stmt
            0x0000000000000010     44      5      1   0             0  is_stmt end_sequence
            0x0000000080200020     42      5      1   0             0  is_stmt
            0x0000000080200024     42      5      1   0             0  is_stmt end_sequence
            """;

    @Test
    void aRowReachesToTheNext() throws IOException {
        LineTable table = LineTable.parse(TEXT.lines().toList());
        String source = "norma/kernel/sched/Scheduler.java";
        assertEquals(
                List.of(new Range(0x80200000L, 0x80200008L), new Range(0x80200020L, 0x80200024L)),
                table.of(source, List.of(42)));
        assertEquals(List.of(), table.of(source, List.of(43)), "replaced at its own address");
        assertEquals(List.of(new Range(0x80200008L, 0x8020000cL)), table.of(source, List.of(44)));
        assertEquals(List.of(), table.of("Scheduler.java", List.of(42)));
    }

    @Test
    void anImageWithoutLinesIsAnError() {
        assertThrows(IOException.class, () -> LineTable.parse(List.of()));
        assertThrows(IOException.class, () -> LineTable.read(Path.of("/no/such/image")));
    }
}
