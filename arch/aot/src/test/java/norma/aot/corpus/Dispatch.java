// Contract: differential corpus: static, virtual and interface calls. Prints the same on the JVM
// and on every target.
// Owner: arch/aot.
package norma.aot.corpus;

import norma.quals.Intrinsic;

/** Calls. */
final class Dispatch {
    interface Named {
        int id();

        default int twice() {
            return id() * 2;
        }

        static int three() {
            return 3;
        }
    }

    interface Loud extends Named {
        @Override
        default int twice() {
            return hidden() + 1000;
        }

        private int hidden() {
            return id() * 2;
        }
    }

    abstract static class Animal implements Named {
        protected int age;
        private final int secret = 9;

        Animal(int age) {
            this.age = age;
        }

        abstract long voice(long volume);

        int grow() {
            return ++age;
        }

        int secret() {
            return secret;
        }
    }

    static class Dog extends Animal {
        private final int secret = 4;

        Dog(int age) {
            super(age);
        }

        @Override
        public int id() {
            return 1;
        }

        @Override
        long voice(long volume) {
            return volume * 2;
        }

        int own() {
            return secret;
        }
    }

    static final class Puppy extends Dog implements Loud {
        Puppy(int age) {
            super(age);
        }

        @Override
        int grow() {
            return super.grow() + 100;
        }

        @Override
        public int id() {
            return 2;
        }
    }

    static final class Cat extends Animal {
        Cat() {
            super(7);
        }

        @Override
        public int id() {
            return 3;
        }

        @Override
        long voice(long volume) {
            return -volume;
        }
    }

    /** A method that is an intrinsic on the metal, behind a virtual call. */
    static class Port {
        @Intrinsic("difftest_port")
        int put(int c) {
            System.out.write(c);
            return c + 1;
        }
    }

    static final class Capital extends Port {
        @Override
        int put(int c) {
            return super.put(c - 32);
        }
    }

    private static final Port[] PORTS = {new Port(), new Capital()};
    private static final Animal[] ANIMALS = {new Dog(1), new Puppy(2), new Cat()};
    private static final Named[] NAMED = {ANIMALS[2], ANIMALS[1], ANIMALS[0]};
    private static final Puppy ONLY = new Puppy(5);

    private Dispatch() {}

    static void run() {
        for (Animal a : ANIMALS) {
            Out.line("id", a.id());
            Out.line("voice", a.voice(21));
            Out.line("grow", a.grow());
            Out.line("secret", a.secret());
            if (a instanceof Dog d) {
                Out.line("own", d.own());
            }
            Out.line("same", a.equals(ANIMALS[0]));
        }
        for (Named n : NAMED) {
            Out.line("twice", n.twice());
        }
        Out.line("static", Named.three());
        Out.line("constant receiver", ONLY.grow() + ONLY.id());
        for (Port port : PORTS) {
            Out.line(" port", port.put('n'));
        }
        Animal cast = (Animal) NAMED[0];
        Out.line("cast", cast.age);
    }
}
