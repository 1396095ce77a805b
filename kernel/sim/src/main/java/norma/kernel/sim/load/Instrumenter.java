package norma.kernel.sim.load;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import norma.kernel.sim.race.Probe;
import norma.kernel.sim.race.Site;

/**
 * Puts a call of {@link Probe} before every access to a field that can change, to an array element,
 * and through a VarHandle, and before every branch back: a loop without an access must be seen,
 * too.
 *
 * <p>Constructors and static initialisers stay as they are: the kernel allocates before boot only,
 * on the host. What the code computes is unchanged. An operation on a VarHandle whose field is not
 * known fails the load: nothing is silently unobserved.
 */
final class Instrumenter {
    /** Number of the temporary that holds a VarHandle; operands have those from 0. */
    private static final int HANDLE = -1;

    private static final ClassDesc PROBE = ClassDesc.of(Probe.class.getName());
    private static final ClassDesc VAR_HANDLE = ConstantDescs.CD_VarHandle;
    private static final MethodTypeDesc ACCESS =
            MethodTypeDesc.of(
                    ConstantDescs.CD_void,
                    ConstantDescs.CD_Object,
                    ConstantDescs.CD_int,
                    ConstantDescs.CD_int);
    private static final MethodTypeDesc ATOMIC =
            MethodTypeDesc.of(
                    ConstantDescs.CD_void,
                    ConstantDescs.CD_Object,
                    ConstantDescs.CD_int,
                    ConstantDescs.CD_int,
                    ConstantDescs.CD_int);
    private static final MethodTypeDesc SWAPPED =
            MethodTypeDesc.of(
                    ConstantDescs.CD_void,
                    ConstantDescs.CD_boolean,
                    ConstantDescs.CD_Object,
                    ConstantDescs.CD_int,
                    ConstantDescs.CD_int);

    private static final MethodTypeDesc HOLDS =
            MethodTypeDesc.of(
                    ConstantDescs.CD_void,
                    ConstantDescs.CD_long,
                    ConstantDescs.CD_Object,
                    ConstantDescs.CD_int);
    private static final MethodTypeDesc WORD =
            MethodTypeDesc.of(
                    ConstantDescs.CD_long,
                    ConstantDescs.CD_long,
                    ConstantDescs.CD_Object,
                    ConstantDescs.CD_int,
                    ConstantDescs.CD_int,
                    ConstantDescs.CD_int);
    private static final MethodTypeDesc UPDATED =
            MethodTypeDesc.of(
                    ConstantDescs.CD_void,
                    ConstantDescs.CD_boolean,
                    ConstantDescs.CD_long,
                    ConstantDescs.CD_Object,
                    ConstantDescs.CD_int,
                    ConstantDescs.CD_int,
                    ConstantDescs.CD_int);

    private final ClassFacts facts;
    private final List<Site> sites;
    private final boolean weak;
    private final ClassFile files =
            ClassFile.of(
                    ClassFile.ClassHierarchyResolverOption.of(
                            ClassHierarchyResolver.ofResourceParsing(
                                            Instrumenter.class.getClassLoader())
                                    .orElse(ClassHierarchyResolver.defaultResolver())));

    /**
     * Sites are numbered by their place in {@code sites}, to which they are added; {@code weak}:
     * what operations on VarHandles find and leave is reported, too, and the probe may change it.
     */
    Instrumenter(ClassFacts facts, List<Site> sites, boolean weak) {
        this.weak = weak;
        this.facts = facts;
        this.sites = sites;
    }

    byte[] instrument(ClassModel model) {
        String type = ClassFacts.simple(model.thisClass().asInternalName());
        ClassTransform transform =
                (builder, element) -> {
                    if (element instanceof MethodModel method
                            && method.code().isPresent()
                            && !method.methodName().stringValue().startsWith("<")) {
                        String name = type + "." + method.methodName().stringValue();
                        builder.transformMethod(
                                method,
                                java.lang.classfile.MethodTransform.transformingCode(
                                        new Body(name)));
                    } else {
                        builder.with(element);
                    }
                };
        return files.transformClass(model, transform);
    }

    /** One method's code. */
    private final class Body implements CodeTransform {
        private final String method;
        private final Map<String, Integer> temporaries = new HashMap<>();

        /** VarHandles on the operand stack: operations nest as their operands do. */
        private final Deque<ClassFacts.Field> handles = new ArrayDeque<>();

        private final Set<Label> passed = new HashSet<>();
        private int line;

        Body(String method) {
            this.method = method;
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            switch (element) {
                case LineNumber number -> line = number.line();
                case LabelTarget target -> passed.add(target.label());
                case BranchInstruction branch when passed.contains(branch.target()) ->
                        code.invokestatic(PROBE, "turned", ConstantDescs.MTD_void, true);
                case FieldInstruction field -> field(code, field);
                case ArrayLoadInstruction load -> {
                    code.dup2();
                    access(code, "read", site(load.typeKind() + "[]"));
                }
                case ArrayStoreInstruction store -> {
                    TypeKind kind = store.typeKind().asLoadable();
                    int value = temporary(code, kind, 0);
                    code.storeLocal(kind, value).dup2();
                    access(code, "write", site(store.typeKind() + "[]"));
                    code.loadLocal(kind, value);
                }
                case InvokeInstruction call
                        when call.opcode() == Opcode.INVOKEVIRTUAL
                                && call.owner().asSymbol().equals(VAR_HANDLE) -> {
                    handle(code, call);
                    return;
                }
                default -> {}
            }
            code.with(element);
        }

        private void field(CodeBuilder code, FieldInstruction access) {
            String owner = access.owner().asInternalName();
            String name = access.name().stringValue();
            if (access.opcode() == Opcode.GETSTATIC && access.typeSymbol().equals(VAR_HANDLE)) {
                ClassFacts.Field reached = facts.handle(owner, name);
                if (reached == null) {
                    throw new IllegalStateException(
                            method + ":" + line + ": unknown VarHandle " + owner + "." + name);
                }
                handles.push(reached);
                return;
            }
            ClassFacts.Field field = facts.field(owner, name);
            if (field == null || field.constant()) {
                return;
            }
            int site = site(field.name());
            TypeKind kind = TypeKind.from(access.typeSymbol()).asLoadable();
            boolean write =
                    access.opcode() == Opcode.PUTFIELD || access.opcode() == Opcode.PUTSTATIC;
            int value = write ? temporary(code, kind, 0) : 0;
            if (write) {
                code.storeLocal(kind, value);
            }
            if (access.opcode() == Opcode.GETFIELD || access.opcode() == Opcode.PUTFIELD) {
                code.dup();
            } else {
                code.loadConstant(access.owner().asSymbol());
            }
            code.loadConstant(field.number());
            access(code, write ? "write" : "read", site);
            if (write) {
                code.loadLocal(kind, value);
            }
        }

        /** An operation: its operands go to temporaries while the probe is called. */
        private void handle(CodeBuilder code, InvokeInstruction call) {
            ClassFacts.Field field = handles.pop();
            String name = call.name().stringValue();
            MethodTypeDesc type = call.typeSymbol();
            int[] at = new int[type.parameterCount()];
            for (int i = at.length - 1; i >= 0; i--) {
                TypeKind kind = TypeKind.from(type.parameterType(i)).asLoadable();
                at[i] = temporary(code, kind, i);
                code.storeLocal(kind, at[i]);
            }
            int site = site(field.name());
            int mode = Modes.of(name);
            // The handle, too: nothing stays on the operand stack, where no one could see it.
            int handle = temporary(code, TypeKind.REFERENCE, HANDLE);
            code.astore(handle);
            code.aload(at[0]).loadConstant(field.number());
            if (mode == 0) {
                access(code, name.equals("set") ? "write" : "read", site);
            } else {
                code.loadConstant(mode).loadConstant(site);
                code.invokestatic(PROBE, "atomic", ATOMIC, true);
            }
            Word word = new Word(call, field, mode, site, handle, at[0]);
            if (weak) {
                word.load(code);
                code.aload(at[0]).loadConstant(field.number());
                code.invokestatic(PROBE, "holds", HOLDS, true);
            }
            code.aload(handle);
            for (int i = 0; i < at.length; i++) {
                code.loadLocal(TypeKind.from(type.parameterType(i)).asLoadable(), at[i]);
            }
            code.with(call);
            if (weak) {
                word.report(code, name);
            }
            if (name.endsWith("CompareAndSet") || name.startsWith("compareAndSet")) {
                code.dup().aload(at[0]).loadConstant(field.number()).loadConstant(site);
                code.invokestatic(PROBE, "swapped", SWAPPED, true);
            } else if (mode != 0 && name.startsWith("set")) {
                code.invokestatic(PROBE, "wrote", ConstantDescs.MTD_void, true);
            }
        }

        private void access(CodeBuilder code, String what, int site) {
            code.loadConstant(site).invokestatic(PROBE, what, ACCESS, true);
        }

        private int temporary(CodeBuilder code, TypeKind kind, int number) {
            return temporaries.computeIfAbsent(kind + "" + number, k -> code.allocateLocal(kind));
        }

        private int site(String target) {
            sites.add(new Site(method, line, target));
            return sites.size() - 1;
        }
    }

    /**
     * The word that an operation is about.
     *
     * @param call the operation
     * @param field what it is
     * @param mode see {@link Probe}
     * @param site where it is
     * @param handle temporary with the VarHandle
     * @param object temporary with the object
     */
    private record Word(
            InvokeInstruction call,
            ClassFacts.Field field,
            int mode,
            int site,
            int handle,
            int object) {
        private ClassDesc type() {
            ClassDesc value = field.type();
            if (!value.equals(ConstantDescs.CD_int) && !value.equals(ConstantDescs.CD_long)) {
                throw new IllegalStateException("no word of " + value.displayName());
            }
            return value;
        }

        private void widen(CodeBuilder code) {
            if (type().equals(ConstantDescs.CD_int)) {
                code.i2l();
            }
        }

        private void narrow(CodeBuilder code) {
            if (type().equals(ConstantDescs.CD_int)) {
                code.l2i();
            }
        }

        /** What it holds, as a long. */
        void load(CodeBuilder code) {
            code.aload(handle).aload(object);
            code.invokevirtual(
                    VAR_HANDLE,
                    "get",
                    MethodTypeDesc.of(type(), call.typeSymbol().parameterType(0)));
            widen(code);
        }

        private void probe(CodeBuilder code, String what, MethodTypeDesc type, int how) {
            code.aload(object).loadConstant(field.number()).loadConstant(how).loadConstant(site);
            code.invokestatic(PROBE, what, type, true);
        }

        /** The operation has been made; what it has found is on the stack. */
        void report(CodeBuilder code, String name) {
            if (name.startsWith("set")) {
                int left = code.allocateLocal(TypeKind.from(type()));
                load(code);
                probe(code, "left", WORD, mode);
                narrow(code);
                code.storeLocal(TypeKind.from(type()), left);
                code.aload(handle).aload(object).loadLocal(TypeKind.from(type()), left);
                ClassDesc owner = call.typeSymbol().parameterType(0);
                code.invokevirtual(
                        VAR_HANDLE, "set", MethodTypeDesc.of(ConstantDescs.CD_void, owner, type()));
            } else if (name.equals("compareAndSet")) {
                code.dup();
                load(code);
                probe(code, "updated", UPDATED, mode | Probe.WRITE | Probe.RELEASE);
            } else if (name.startsWith("getAnd")) {
                code.iconst_1();
                load(code);
                probe(code, "updated", UPDATED, mode);
            } else if (mode != 0) {
                widen(code);
                probe(code, "saw", WORD, mode);
                narrow(code);
            }
        }
    }

    /** What the names of VarHandle's operations mean. */
    private static final class Modes {
        static int of(String name) {
            return switch (name) {
                case "get", "set" -> 0;
                case "getOpaque" -> Probe.READ;
                case "setOpaque" -> Probe.WRITE;
                case "getAcquire" -> Probe.READ | Probe.ACQUIRE;
                case "getVolatile" -> Probe.READ | Probe.ACQUIRE | Probe.VOLATILE;
                case "setRelease" -> Probe.WRITE | Probe.RELEASE;
                case "setVolatile" -> Probe.WRITE | Probe.RELEASE | Probe.VOLATILE;
                // Reported as a read; the write is reported when it has succeeded.
                case "compareAndSet" -> Probe.READ | Probe.ACQUIRE | Probe.VOLATILE;
                case "getAndAdd", "getAndSet", "getAndBitwiseOr", "getAndBitwiseAnd" ->
                        Probe.READ | Probe.WRITE | Probe.ACQUIRE | Probe.RELEASE | Probe.VOLATILE;
                default -> throw new IllegalStateException("VarHandle." + name + " is not known");
            };
        }
    }
}
