package io.purser.agent.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.purser.agent.config.ListenerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code /livez}, {@code /readyz} and {@code /metrics} on the pod's address; {@code /quit} on the loopback one. */
final class HealthServer implements AutoCloseable {

    private static final String TEXT = "text/plain; charset=utf-8";

    private final StatusBoard status;
    private final Ending ending;
    private final Reporting reporting;
    private final HttpServer health;
    private final @Nullable HttpServer quit;

    /**
     * Starts listening.
     *
     * @throws IOException if a port is taken
     */
    HealthServer(ListenerConfig config, StatusBoard status, Ending ending, Reporting reporting) throws IOException {
        this.status = status;
        this.ending = ending;
        this.reporting = reporting;
        health = HttpServer.create(new InetSocketAddress(config.port()), 0);
        health.createContext("/livez", get(now -> new Reply(200, TEXT, "ok\n")));
        health.createContext("/readyz", get(this::readiness));
        health.createContext("/metrics", get(this::metrics));
        health.start();
        if (config.quitPort() == null) {
            quit = null;
        } else {
            quit = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), config.quitPort()), 0);
            quit.createContext("/quit", this::quit);
            quit.start();
        }
    }

    @Override
    public void close() {
        health.stop(0);
        if (quit != null) {
            quit.stop(0);
        }
    }

    private Reply readiness(Instant now) {
        AgentStatus current = status.get();
        return new Reply(current.ready(now) ? 200 : 503, TEXT, current.sentence(now) + "\n");
    }

    private Reply metrics(Instant now) {
        return new Reply(
                200,
                "text/plain; version=0.0.4; charset=utf-8",
                reporting.metrics().text(status.get(), now));
    }

    private void quit(HttpExchange exchange) throws IOException {
        boolean post = exchange.getRequestMethod().equals("POST");
        boolean exact = exchange.getRequestURI().getPath().equals("/quit");
        send(
                exchange,
                post && exact ? new Reply(200, TEXT, "ending\n") : new Reply(405, TEXT, "POST /quit ends the agent\n"));
        if (post && exact) {
            reporting.log().info("asked to quit");
            ending.ask();
        }
    }

    private HttpHandler get(Page page) {
        return exchange -> {
            boolean read = exchange.getRequestMethod().equals("GET")
                    || exchange.getRequestMethod().equals("HEAD");
            boolean exact = exchange.getRequestURI()
                    .getPath()
                    .equals(exchange.getHttpContext().getPath());
            if (!exact) {
                send(exchange, new Reply(404, TEXT, "not found\n"));
            } else if (!read) {
                send(exchange, new Reply(405, TEXT, "only GET\n"));
            } else {
                send(exchange, page.at(reporting.clock().instant()));
            }
        };
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        try (exchange) {
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", reply.type());
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(reply.code(), head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private record Reply(int code, String type, String body) {}

    private interface Page {
        Reply at(Instant now);
    }
}
