package io.purser.local.store;

import java.util.Map;
import java.util.TreeMap;

/** Counts the requests that have come in. Safe for use by several threads. */
public final class Requests {

    private final Map<String, Integer> counts = new TreeMap<>();

    synchronized void count(String request) {
        counts.merge(request, 1, Integer::sum);
    }

    /**
     * How many requests began so.
     *
     * @param prefix of {@code METHOD path}; empty for all
     */
    public synchronized int matching(String prefix) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** Every request, by {@code METHOD path}. */
    public synchronized Map<String, Integer> all() {
        return new TreeMap<>(counts);
    }

    /** Starts counting anew. */
    public synchronized void reset() {
        counts.clear();
    }
}
