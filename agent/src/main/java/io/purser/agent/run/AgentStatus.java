package io.purser.agent.run;

import java.time.Instant;
import java.util.ArrayList;
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
        for (File file : files) {
            if (!file.written() || !file.expires().isAfter(now)) {
                return false;
            }
        }
        return waiting.isEmpty();
    }

    /** One line that says why the agent is not ready, or that it is. */
    String sentence(Instant now) {
        if (!waiting.isEmpty()) {
            return "not ready: " + String.join("; ", waiting);
        }
        List<String> expired = new ArrayList<>();
        for (File file : files) {
            if (!file.expires().isAfter(now)) {
                expired.add(file.destination());
            }
        }
        return expired.isEmpty() ? "ready" : "not ready: expired secrets in " + String.join(", ", expired);
    }
}
