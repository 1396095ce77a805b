package norma.model.supervise;

import norma.model.Words;

/**
 * Sizes of a machine of {@code Supervision.tla}, and where its variables lie in a state's window.
 *
 * <p>A set of services is one word, a bit each.
 */
final class SupLayout {
    final int cores;
    final int helpers;
    final int services;

    final int svc;
    final int wish;
    final int deps;
    final int rest;
    final int delay;
    final int used;
    final int parts;
    final int probe;
    final int fit;
    final int makes;
    final int brings;
    final int about;
    final int late;
    final int launched;
    final int size;

    SupLayout(SupModel.Constants c) {
        cores = c.cores();
        helpers = c.helpers();
        services = c.services();
        Words words = new Words();
        svc = words.take(services);
        wish = words.take(services);
        deps = words.take(services);
        rest = words.take(services);
        delay = words.take(services);
        used = words.take(services);
        parts = words.take(services);
        probe = words.take(services);
        fit = words.take(helpers);
        makes = words.take(helpers);
        brings = words.take(cores);
        about = words.take(cores);
        late = words.take(cores);
        launched = words.take(services);
        size = words.count();
    }
}
