// Contract: one panic of each kind; the argument chooses. The expected report of case N is the line
// with the comment "// panic N: KIND [detail]".
// Owner: arch/aot.
package norma.aot.corpus;

import norma.quals.Entry;

/** Programs that panic. */
public final class Panics {
    sealed interface Animal permits Dog, Cat {}

    static final class Dog implements Animal {
        int age;
        Dog friend;
    }

    static final class Cat implements Animal {}

    private static final Animal[] ANIMALS = {new Dog(), new Cat()};
    private static final Object[] DOGS = new Dog[2];
    private static final int[] NUMBERS = {1, 2, 3};
    private static final String TEXT = "text";

    private Panics() {}

    /** Panics in the way the argument says; prints "survived" if it does not. */
    @Entry("difftest_main")
    public static void main(int which) {
        Dog dog = (Dog) ANIMALS[0];
        switch (which) {
            case 1 -> dog.friend.age = 1; // panic 1: NullPointer
            case 2 -> NUMBERS[which + 1]++; // panic 2: ArrayIndex
            case 3 -> NUMBERS[0] = NUMBERS[1] / (which - 3); // panic 3: Arithmetic
            case 4 -> dog.friend = (Dog) ANIMALS[which - 3]; // panic 4: ClassCast
            case 5 -> DOGS[0] = ANIMALS[which - 4]; // panic 5: ArrayStore
            case 6 -> {
                assert which != 6 : "six"; // panic 6: Assertion java.lang.AssertionError
            }
            case 7 -> fail("argument"); // the throw is in fail
            case 8 -> Out.putc(TEXT.charAt(which)); // panic 8: ArrayIndex
            case 9 -> System.arraycopy(NUMBERS, 0, NUMBERS, 2, which); // panic 9: ArrayIndex
            case 10 -> NUMBERS[0] = (int) (5L % (which - 10)); // panic 10: Arithmetic
            case 11 -> NUMBERS[-which] = 0; // panic 11: ArrayIndex
            case 12 -> touch(dog.friend); // the check is in touch
            default -> {}
        }
        Out.text("survived\n");
    }

    private static void fail(String what) {
        throw new IllegalStateException(what); // panic 7: Thrown java.lang.IllegalStateException
    }

    private static void touch(Dog dog) {
        Out.line("age", dog.age); // panic 12: NullPointer
    }
}
