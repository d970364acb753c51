package io.purser.agent.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Counts what happens, for Prometheus. Thread-safe. No label holds more than a file, a kind or an operation. */
final class AgentMetrics {

    private static final Map<String, String> HELP = Map.of(
            "purser_renders_total", "Files rendered, by file.",
            "purser_writes_total", "Files written because their bytes differed, by file.",
            "purser_failures_total", "Failures, by operation and kind.",
            "purser_store_requests_total", "Requests to the secret store, by operation.",
            "purser_notifications_total", "Notifications carried out, by result.");

    private final Map<String, Map<String, Long>> counters = new TreeMap<>();
    private Instant lastSuccess = Instant.EPOCH;

    synchronized void count(String name, String... labels) {
        counters.computeIfAbsent(name, none -> new TreeMap<>()).merge(labels(labels), 1L, Long::sum);
    }

    synchronized void succeeded(Instant now) {
        lastSuccess = now;
    }

    /** The counters and what the status says, in Prometheus's text format. */
    synchronized String text(AgentStatus status, Instant now) {
        StringBuilder text = new StringBuilder();
        counters.forEach((name, series) -> {
            head(text, name, HELP.getOrDefault(name, name), "counter");
            series.forEach((labels, value) -> line(text, name + labels, String.valueOf(value)));
        });
        head(text, "purser_agent_ready", "Whether every file is there and its secrets are valid.", "gauge");
        line(text, "purser_agent_ready", status.ready(now) ? "1" : "0");
        head(text, "purser_last_success_timestamp_seconds", "When the store last answered well.", "gauge");
        line(text, "purser_last_success_timestamp_seconds", String.valueOf(lastSuccess.getEpochSecond()));
        head(text, "purser_secret_expiry_seconds", "Seconds until a file's first secret expires.", "gauge");
        for (AgentStatus.File file : status.files()) {
            if (!file.expires().equals(Instant.MAX)) {
                long seconds = Duration.between(now, file.expires()).toSeconds();
                line(
                        text,
                        "purser_secret_expiry_seconds" + labels("file", file.destination()),
                        String.valueOf(seconds));
            }
        }
        return text.toString();
    }

    private static void head(StringBuilder text, String name, String help, String type) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder text, String series, String value) {
        text.append(series).append(' ').append(value).append('\n');
    }

    private static String labels(String... pairs) {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            String value =
                    pairs[i + 1].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            labels.append(i == 0 ? "{" : ",")
                    .append(pairs[i])
                    .append("=\"")
                    .append(value)
                    .append('"');
        }
        return labels.isEmpty() ? "" : labels.append('}').toString();
    }
}
