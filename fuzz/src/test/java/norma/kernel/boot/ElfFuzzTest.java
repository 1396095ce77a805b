package norma.kernel.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import norma.kernel.sim.Firmware;

/** Whatever a file is: a code, nothing read beside it, and what is accepted can be loaded. */
class ElfFuzzTest {
    private static final long PAGE = MemoryMap.PAGE;

    @FuzzTest(maxDuration = "60s")
    void program(byte[] input) {
        Elf elf = new Elf();
        for (int machine : new int[] {Elf.X86_64, Elf.RISCV}) {
            Firmware firmware = new Firmware(0, input, input.length, input.length);
            int code = firmware.run(() -> elf.read(0, input.length, machine));
            assertTrue(code >= BadProgram.OK && code < BadProgram.LIMIT, "code " + code);
            if (code == BadProgram.OK) {
                check(elf, input.length);
            }
        }
    }

    private static void check(Elf elf, long length) {
        boolean entry = false;
        long before = 0;
        assertTrue(elf.count() > 0);
        for (int i = 0; i < elf.count(); i++) {
            long from = elf.from(i);
            long to = from + elf.bytes(i);
            assertTrue(from >= PAGE && from < to && to <= 1L << 47, "addresses of " + i);
            assertTrue(from / PAGE * PAGE >= before, "pages of " + i);
            before = (to + PAGE - 1) / PAGE * PAGE;
            assertTrue(elf.inFile(i) >= 0 && elf.inFile(i) <= elf.bytes(i), "file bytes of " + i);
            assertTrue(elf.offset(i) >= 0 && elf.offset(i) <= length, "offset of " + i);
            assertTrue(elf.inFile(i) <= length - elf.offset(i), "end of " + i);
            assertEquals(0, (from - elf.offset(i)) % PAGE, "alignment of " + i);
            boolean both = (elf.rights(i) & Elf.WRITE) != 0 && (elf.rights(i) & Elf.EXECUTE) != 0;
            assertTrue(!both && (elf.rights(i) & Elf.READ) != 0, "rights of " + i);
            entry |=
                    (elf.rights(i) & Elf.EXECUTE) != 0
                            && elf.entry() >= from
                            && elf.entry() < from + elf.inFile(i);
        }
        assertTrue(entry, "entry");
    }
}
