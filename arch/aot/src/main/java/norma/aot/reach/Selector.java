// Contract: a virtual call: the receiver's static class and the method declaration it names.
// Owner: norma.aot.reach.
package norma.aot.reach;

import norma.aot.load.JavaClass;
import norma.aot.load.JavaMethod;

/** A dispatch point shared by all calls with the same receiver class and declaration. */
public record Selector(JavaClass owner, JavaMethod declared) {}
