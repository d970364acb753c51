package io.purser.agent.run;

import io.purser.agent.config.ListenerConfig;
import io.purser.agent.run.PageServer.Reply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;

/** {@code /livez}, {@code /readyz} and {@code /metrics} on the pod's address. */
final class HealthServer implements AutoCloseable {

    /** How long {@link ListenerConfig#STARTUP_PROBE} waits: the kubelet gives a probe a second, and probes again in the next one. */
    private static final Duration PATIENCE = Duration.ofMillis(800);

    private final StatusBoard status;
    private final Reporting reporting;
    private final PageServer pages;

    /**
     * Starts listening.
     *
     * @throws IOException if the port is taken
     */
    HealthServer(ListenerConfig config, StatusBoard status, Reporting reporting) throws IOException {
        this.status = status;
        this.reporting = reporting;
        pages = new PageServer("health", new InetSocketAddress(config.port()), this::health);
    }

    @Override
    public void close() {
        pages.close();
    }

    private Reply health(String method, String target) {
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Reply.text(405, "only GET\n");
        }
        if (target.equals(ListenerConfig.STARTUP_PROBE)) {
            await();
        }
        Instant now = reporting.clock().instant();
        AgentStatus current = status.get();
        return switch (target.split("\\?", 2)[0]) {
            case "/livez" -> Reply.text(200, "ok\n");
            case "/readyz" -> Reply.text(current.ready(now) ? 200 : 503, current.sentence(now) + "\n");
            case "/metrics" ->
                new Reply(
                        200,
                        "text/plain; version=0.0.4; charset=utf-8",
                        reporting.metrics().text(current, now));
            default -> Reply.text(404, "not found\n");
        };
    }

    /** A startup probe that comes a moment too early would be asked again only a second later. */
    private void await() {
        try {
            status.awaitReady(reporting.clock(), PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
