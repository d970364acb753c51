package io.purser.agent.run;

import java.time.Instant;
import java.util.List;

/**
 * How the agent stands, as the loop last saw it; safe to read from any thread.
 *
 * @param files every file, in the order of the configuration
 * @param waiting what is missing, a sentence each; empty when nothing is
 */
record AgentStatus(List<File> files, List<String> waiting) {

    /** Nothing is known yet. */
    static final AgentStatus STARTING = new AgentStatus(List.of(), List.of("the agent is starting"));

    /** Copies the lists. */
    AgentStatus {
        files = List.copyOf(files);
        waiting = List.copyOf(waiting);
    }

    /**
     * One file.
     *
     * @param written whether it is on the volume
     * @param expires when the first of its secrets ends, {@link Instant#MAX} for never
     */
    record File(String destination, boolean written, Instant expires) {}

    /** Whether every file is there and none of its secrets is past its end. */
    boolean ready(Instant now) {
        return waiting.isEmpty()
                && files.stream()
                        .allMatch(file -> file.written() && file.expires().isAfter(now));
    }

    /** One line that says why the agent is not ready, or that it is. */
    String sentence(Instant now) {
        if (!waiting.isEmpty()) {
            return "not ready: " + String.join("; ", waiting);
        }
        List<String> expired = files.stream()
                .filter(file -> !file.expires().isAfter(now))
                .map(File::destination)
                .toList();
        return expired.isEmpty() ? "ready" : "not ready: expired secrets in " + String.join(", ", expired);
    }
}
