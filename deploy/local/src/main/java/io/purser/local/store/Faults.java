package io.purser.local.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Faults that a test can have the store commit. Safe for use by several threads. */
public final class Faults {

    private final List<Rule> rules = new ArrayList<>();

    /** What goes wrong. */
    public sealed interface Fault {}

    /**
     * An answer of another status, with the error that Vault would give.
     *
     * @param code the HTTP status
     * @param body the whole body, may be empty or no JSON
     */
    public record Status(int code, String body) implements Fault {}

    /**
     * A right answer that comes late.
     *
     * @param by how late
     */
    public record Delay(Duration by) implements Fault {}

    /** Half of the right answer, then the connection ends. */
    public record Truncate() implements Fault {}

    /**
     * The right answer a byte at a time.
     *
     * @param pause before each, too short to look like silence
     */
    public record Drip(Duration pause) implements Fault {}

    /** The connection ends without an answer. The request has been carried out. */
    public record Drop() implements Fault {}

    private static final class Rule {
        private final Predicate<String> matches;
        private final Fault fault;
        private int left;

        Rule(Predicate<String> matches, Fault fault, int left) {
            this.matches = matches;
            this.fault = fault;
            this.left = left;
        }
    }

    /**
     * Commits a fault for requests to come.
     *
     * @param prefix of {@code METHOD path}, for example {@code GET secret/data/} or {@code PUT auth/}; empty for all
     * @param fault what to do
     * @param times how often; the rule is gone afterwards
     */
    public synchronized void add(String prefix, Fault fault, int times) {
        rules.add(new Rule(request -> request.startsWith(prefix), fault, times));
    }

    /** The store is sealed: everything but its health answers 503. Ends with {@link #clear()}. */
    public synchronized void seal() {
        Fault sealed = new Status(503, "{\"errors\":[\"Vault is sealed\"]}\n");
        rules.add(0, new Rule(request -> !request.endsWith(" sys/health"), sealed, Integer.MAX_VALUE));
    }

    /** Forgets every fault. */
    public synchronized void clear() {
        rules.clear();
    }

    synchronized Optional<Fault> next(String request) {
        for (Rule rule : rules) {
            if (rule.left > 0 && rule.matches.test(request)) {
                rule.left--;
                return Optional.of(rule.fault);
            }
        }
        return Optional.empty();
    }
}
