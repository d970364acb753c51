package io.purser.agent.run;

import io.purser.agent.config.ListenerConfig;
import io.purser.agent.run.PageServer.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code /livez}, {@code /readyz} and {@code /metrics} on the pod's address; {@code /quit} on the loopback one. */
final class HealthServer implements AutoCloseable {

    private final StatusBoard status;
    private final Ending ending;
    private final Reporting reporting;
    private final PageServer health;
    private final @Nullable PageServer quit;

    /**
     * Starts listening.
     *
     * @throws IOException if a port is taken
     */
    HealthServer(ListenerConfig config, StatusBoard status, Ending ending, Reporting reporting) throws IOException {
        this.status = status;
        this.ending = ending;
        this.reporting = reporting;
        health = new PageServer("health", new InetSocketAddress(config.port()), this::health);
        quit = config.quitPort() == null ? null : quitServer(config.quitPort());
    }

    private PageServer quitServer(int port) throws IOException {
        try {
            return new PageServer("quit", new InetSocketAddress(InetAddress.getLoopbackAddress(), port), this::quit);
        } catch (IOException e) {
            health.close();
            throw e;
        }
    }

    @Override
    public void close() {
        health.close();
        if (quit != null) {
            quit.close();
        }
    }

    private Reply health(String method, String path) {
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Reply.text(405, "only GET\n");
        }
        Instant now = reporting.clock().instant();
        AgentStatus current = status.get();
        return switch (path) {
            case "/livez" -> Reply.text(200, "ok\n");
            case "/readyz" -> Reply.text(current.ready(now) ? 200 : 503, current.sentence(now) + "\n");
            case "/metrics" ->
                new Reply(
                        200,
                        "text/plain; version=0.0.4; charset=utf-8",
                        reporting.metrics().text(current, now),
                        null);
            default -> Reply.text(404, "not found\n");
        };
    }

    private Reply quit(String method, String path) {
        if (!path.equals("/quit") || !method.equals("POST")) {
            return Reply.text(405, "POST /quit ends the agent\n");
        }
        return new Reply(200, "text/plain; charset=utf-8", "ending\n", () -> {
            reporting.log().info("asked to quit");
            ending.ask();
        });
    }
}
