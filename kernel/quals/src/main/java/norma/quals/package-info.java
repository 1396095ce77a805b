// Contract: annotations that carry facts from kernel sources to the ahead-of-time compiler.
// Owner: arch/aot.
/**
 * Qualifiers of kernel sources: what is an entry, an intrinsic, part of the model, laid out for
 * assembly. All have CLASS retention and are recognised by descriptor.
 */
package norma.quals;
