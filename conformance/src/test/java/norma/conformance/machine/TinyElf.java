package norma.conformance.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Hand-made guests of a few instructions: each writes {@link #MAGIC} at RAM + 64 MiB, prints "N" on
 * the serial line, spins until the host writes a non-zero word 8 bytes further, and powers off.
 */
final class TinyElf {
    /** "Norma" as a little-endian number. */
    static final long MAGIC = 0x4e_6f72_6d61L;

    private static final long MAILBOX = 64L << 20;

    /**
     * <pre>
     *   li t0, 0x84000000; li t1, MAGIC; sd t1, 0(t0)
     *   li a7, 1; li a0, 'N'; ecall; li a0, 10; ecall      SBI console putchar
     *   1: ld t2, 8(t0); beqz t2, 1b
     *   li a7, 0x53525354; li a6, 0; li a0, 0; li a1, 0; ecall    SBI system reset: shutdown
     *   2: j 2b
     * </pre>
     */
    private static final String RISCV64 =
            "930210029392a20137f3e6041b0373721313c300130313d623b06200930810001305e004730000001305a0007300000083b38200e38e03feb75852539b884835130800001305000093050000730000006f000000";

    /**
     * <pre>
     *   movl $0x4e, 0x4000004; movl $0x6f726d61, 0x4000000
     *   movw $0x3f8, %dx; movb $'N', %al; outb %al, %dx; movb $10, %al; outb %al, %dx
     *   1: cmpl $0, 0x4000008; je 1b
     *   movb $0x10, %al; outb %al, $0xf4                  isa-debug-exit: exit code 0x21
     *   2: hlt; jmp 2b
     * </pre>
     */
    private static final String X86_64 =
            "c705040000044e000000c70500000004616d726f66baf803b04eeeb00aee833d080000040074f7b010e6f4f4ebfd";

    private static final int HEADER = 64;
    private static final int SEGMENT = 56;
    private static final int NOTE = 20;

    private TinyElf() {}

    /** Where the guest writes its magic number. */
    static long mailbox(Arch arch) {
        return arch.ramBase() + MAILBOX;
    }

    /** What QEMU exits with when the guest powers off. */
    static int powerOffCode(Arch arch) {
        return arch == Arch.X86_64 ? 0x21 : 0;
    }

    /** Writes the guest as a 64-bit ELF; on x86 with the PVH entry note. */
    static Path write(Arch arch, Path file) throws IOException {
        boolean x86 = arch == Arch.X86_64;
        byte[] code = HexFormat.of().parseHex(x86 ? X86_64 : RISCV64);
        long entry = arch.ramBase() + 0x200000;
        int codeAt = 0x1000;
        int noteAt = HEADER + 2 * SEGMENT;
        ByteBuffer b = ByteBuffer.allocate(codeAt + code.length).order(ByteOrder.LITTLE_ENDIAN);
        b.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
        b.putShort((short) 2).putShort((short) (x86 ? 62 : 243)).putInt(1);
        b.putLong(entry).putLong(HEADER).putLong(0).putInt(x86 ? 0 : 4);
        b.putShort((short) HEADER).putShort((short) SEGMENT).putShort((short) (x86 ? 2 : 1));
        b.position(HEADER);
        segment(b, 1, codeAt, entry, code.length, 0x1000);
        if (x86) {
            segment(b, 4, noteAt, 0, NOTE, 4);
            // XEN_ELFNOTE_PHYS32_ENTRY
            b.putInt(4).putInt(4).putInt(18).put("Xen\0".getBytes(StandardCharsets.US_ASCII));
            b.putInt((int) entry);
        }
        b.position(codeAt).put(code);
        return Files.write(file, b.array());
    }

    private static void segment(
            ByteBuffer b, int type, int offset, long address, int size, int align) {
        b.putInt(type).putInt(5).putLong(offset).putLong(address).putLong(address);
        b.putLong(size).putLong(size).putLong(align);
    }
}
