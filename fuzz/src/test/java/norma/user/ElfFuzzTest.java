package norma.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import norma.kernel.sim.ArchiveWorld;

/** Whatever a file is: a code, nothing read beside it, and what is accepted can be loaded. */
class ElfFuzzTest {
    private static final long PAGE = 4096;

    @FuzzTest(maxDuration = "60s")
    void program(byte[] input) {
        ArchiveWorld world = new ArchiveWorld(input, input.length);
        for (int machine : new int[] {Elf.X86_64, Elf.RISCV}) {
            int code = world.run(() -> Elf.check(0, input.length, machine));
            assertTrue(code >= BadProgram.OK && code < BadProgram.LIMIT, "code " + code);
            if (code == BadProgram.OK) {
                world.run(() -> check(input.length));
            }
        }
    }

    private static long check(long length) {
        boolean entry = false;
        long before = 0;
        for (int i = 0; i < Elf.headers(0); i++) {
            if (!Elf.loads(0, i)) {
                continue;
            }
            long from = Elf.from(0, i);
            long to = from + Elf.bytes(0, i);
            long inFile = Elf.inFile(0, i);
            long offset = Elf.offset(0, i);
            int rights = Elf.rights(0, i);
            assertTrue(from >= PAGE && from < to && to <= 1L << 47, "addresses of " + i);
            assertTrue(from / PAGE * PAGE >= before, "pages of " + i);
            before = (to + PAGE - 1) / PAGE * PAGE;
            assertTrue(inFile >= 0 && inFile <= Elf.bytes(0, i), "file bytes of " + i);
            assertTrue(offset >= 0 && offset <= length, "offset of " + i);
            assertTrue(inFile <= length - offset, "end of " + i);
            assertEquals(0, (from - offset) % PAGE, "alignment of " + i);
            boolean both = (rights & Elf.WRITE) != 0 && (rights & Elf.EXECUTE) != 0;
            assertTrue(!both && (rights & Elf.READ) != 0, "rights of " + i);
            entry |=
                    (rights & Elf.EXECUTE) != 0
                            && Elf.entry(0) >= from
                            && Elf.entry(0) < from + inFile;
        }
        assertTrue(entry, "entry");
        return before;
    }
}
