package norma.fuzz;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Who may depend on whom, over the class files of all modules.
 *
 * <p>The one that matters most: conformance and reference model never see the kernel's classes.
 * Otherwise the checker could come to compare the code with itself.
 */
class LayersTest {
    /** Annotations for checkers: no code, not in the image. */
    private static final String[] ANNOTATIONS = {
        "norma.quals", "org.checkerframework..", "org.jspecify..", "java.lang.annotation"
    };

    /** Host code beside the kernel's, in no image. */
    private static final String SIMULATOR = "norma.kernel.sim..";

    private static JavaClasses norma;

    @BeforeAll
    static void load() {
        ImportOption noTests = location -> !location.contains("test-classes");
        norma = new ClassFileImporter().withImportOption(noTests).importPackages("norma");
    }

    private static void check(ArchRule rule, String reason) {
        // A module may still be empty; a rule about it then says nothing.
        rule.because(reason).allowEmptyShould(true).check(norma);
    }

    private static String[] with(String[] more, String... packages) {
        String[] all = java.util.Arrays.copyOf(packages, packages.length + more.length);
        System.arraycopy(more, 0, all, packages.length, more.length);
        return all;
    }

    @Test
    void classesWereFound() {
        for (String name :
                List.of(
                        "norma.abi.Limits",
                        "norma.kernel.hal.Cpu",
                        "norma.user.ScriptRunner",
                        "norma.model.Model",
                        "norma.speccheck.CheckMain",
                        "norma.aot.Compiler",
                        "norma.image.ImageTool",
                        "norma.conformance.machine.Machine",
                        "norma.kernel.sim.SimTool",
                        "norma.bench.BenchTool")) {
            org.junit.jupiter.api.Assertions.assertTrue(norma.contain(name), name);
        }
    }

    @Test
    void abiStandsAlone() {
        check(
                classes()
                        .that()
                        .resideInAPackage("norma.abi..")
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                with(ANNOTATIONS, "norma.abi..", "java.lang", "java.lang.runtime")),
                "both sides of the boundary are built from it");
    }

    @Test
    void kernelUsesAbiAndTheSmallestJdk() {
        check(
                classes()
                        .that()
                        .resideInAPackage("norma.kernel..")
                        .and()
                        .resideOutsideOfPackage(SIMULATOR)
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                with(
                                        ANNOTATIONS,
                                        "norma.kernel..",
                                        "norma.abi..",
                                        "java.lang",
                                        "java.lang.invoke",
                                        "java.lang.runtime")),
                "everything it uses is compiled into the image");
    }

    @Test
    void userlandUsesAbiAndTheSmallestJdk() {
        check(
                classes()
                        .that()
                        .resideInAPackage("norma.user..")
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                with(
                                        ANNOTATIONS,
                                        "norma.user..",
                                        "norma.abi..",
                                        "java.lang",
                                        "java.lang.invoke",
                                        "java.lang.runtime")),
                "the boundary between kernel and programs is the ABI alone");
    }

    @Test
    void modelKnowsNeitherKernelNorTools() {
        check(
                classes()
                        .that()
                        .resideInAPackage("norma.model..")
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                with(ANNOTATIONS, "norma.model..", "norma.abi..", "java..")),
                "it must be the specification's image, not the kernel's");
    }

    @Test
    void conformanceSeesOnlyTraceBytes() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(
                                "norma.conformance..", "norma.cli..", "norma.speccheck..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("norma.kernel..", "norma.aot..", "norma.image.."),
                "a checker that shares code with the checked compares it with itself");
    }

    @Test
    void onlyTheImageBuildSeesTheCompiler() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(
                                "norma.aot..", "norma.image..", "norma.bench..", "norma.fuzz..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("norma.aot..", "norma.image.."),
                "architecture is the image build's business");
    }

    @Test
    void compilerKnowsNoKernel() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage("norma.aot..", "norma.image..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("norma.kernel..", "norma.conformance..", "norma.cli.."),
                "it reads class files and links what it reads");
    }

    @Test
    void nobodyNeedsTheSimulatorOrTheBenchmarks() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(SIMULATOR, "norma.bench..", "norma.fuzz..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(SIMULATOR, "norma.bench.."),
                "they observe the system and are no part of it");
    }

    @Test
    void simulatorSeesNeitherModelNorCompiler() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage(SIMULATOR)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("norma.model..", "norma.aot..", "norma.image.."),
                "its runs are judged by the validator, from recorded bytes, as the machine's are");
    }

    @Test
    void benchmarksSeeNoKernel() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("norma.bench..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("norma.kernel.."),
                "they measure images");
    }

    @Test
    void machineDriverKnowsOnlyMachines() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("norma.conformance.machine..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("norma.abi..", "norma.model..", "norma.cli.."),
                "it moves bytes and watches processes");
    }

    @Test
    void engineContractsKnowNoEngine() {
        check(
                classes()
                        .that()
                        .resideInAPackage("norma.conformance.job..")
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                with(
                                        ANNOTATIONS,
                                        "norma.conformance.job..",
                                        "norma.conformance.machine..",
                                        "norma.conformance.trace..",
                                        "java..")),
                "the command line and the engines meet there");
    }

    @Test
    void kernelPackagesAreLayered() {
        check(
                classes()
                        .that()
                        .resideInAPackage("norma.kernel..")
                        .and()
                        .resideOutsideOfPackage(SIMULATOR)
                        .should(new KernelOrder()),
                "operations return what is to be done; they never call upwards");
    }

    @Test
    void packagesHaveNoCycles() {
        check(
                slices().matching("norma.(**)").should().beFreeOfCycles(),
                "a cycle of packages is one package");
    }
}
