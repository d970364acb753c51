package io.purser.certs.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Answers the kubelet's probe and Prometheus, on the JDK's own small server. */
final class ProbeServer implements AutoCloseable {
    private final HttpServer server;
    private final Supplier<Standing> standing;
    private final Supplier<Instant> lastRound;
    private final Duration stuckAfter;
    private final InstantSource clock;

    /** How the loop is doing, for the probe. */
    record Loop(Supplier<Standing> standing, Supplier<Instant> lastRound, Duration stuckAfter, InstantSource clock) {}

    /**
     * Listens at once.
     *
     * @throws IOException when the address is taken
     */
    ProbeServer(InetSocketAddress address, Loop loop) throws IOException {
        this.standing = loop.standing();
        this.lastRound = loop.lastRound();
        this.stuckAfter = loop.stuckAfter();
        this.clock = loop.clock();
        server = HttpServer.create(address, 0);
        server.createContext("/livez", this::live);
        server.createContext("/metrics", this::metrics);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Alive as long as rounds are made; one that fails is made again, a restart would not help it. */
    private void live(HttpExchange exchange) throws IOException {
        Instant last = lastRound.get();
        boolean stuck = last.plus(stuckAfter).isBefore(clock.instant());
        answer(exchange, stuck ? 503 : 200, stuck ? "no round since " + last + "\n" : "ok\n");
    }

    private void metrics(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        answer(exchange, 200, Exposition.of(standing.get()));
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
