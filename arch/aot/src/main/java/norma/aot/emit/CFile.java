// Contract: the whole generated translation unit, in an order C accepts.
// Owner: norma.aot.emit.
package norma.aot.emit;

import norma.aot.facts.ProgramFacts;
import norma.aot.load.JavaMethod;
import norma.aot.reach.Program;

/** The emit pass. */
public final class CFile {
    private final Program program;
    private final ProgramFacts facts;
    private final CNames names;
    private final boolean gates;

    /** {@code gates}: see {@link norma.aot.CompileRequest}. */
    public CFile(Program program, ProgramFacts facts, boolean gates) {
        this.gates = gates;
        this.program = program;
        this.facts = facts;
        this.names = new CNames(program);
    }

    /** The C source of the program. */
    public String source() {
        StructEmitter structs = new StructEmitter(program, names);
        ImageEmitter image = new ImageEmitter(program, facts, names);
        DispatchEmitter dispatch = new DispatchEmitter(program, names);
        PanicTable panics = new PanicTable();
        StringBuilder out = new StringBuilder("/* Generated from class files: do not edit. */\n");
        out.append("#include \"rt.h\"\n\n");
        structs.emitClassIds(out);
        structs.emitStructs(out);
        image.emitDeclarations(out);
        dispatch.emitTypeTests(out);
        dispatch.emitPrototypes(out);
        dispatch.emitDispatchers(out);
        image.emitDefinitions(out);
        StringBuilder bodies = new StringBuilder();
        for (JavaMethod method : program.methods()) {
            new MethodEmitter(new MethodContext(program, facts, names, panics, gates, method))
                    .emit(bodies);
        }
        panics.emit(out, names.classId(program.world().get("java/lang/String")));
        return out.append(bodies).toString();
    }

    /** The contents of offsets.h. */
    public String offsetsHeader() {
        return new StructEmitter(program, names).offsetsHeader();
    }
}
