package io.purser.local.store;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import com.bettercloud.vault.json.ParseException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns HTTP exchanges into calls of the store, and commits the faults that were asked for. */
final class HttpEdge implements HttpHandler {

    private static final int MOST_BYTES = 1 << 20;

    private final Dispatch dispatch;
    private final Faults faults;
    private final Requests requests;

    HttpEdge(Dispatch dispatch, Faults faults, Requests requests) {
        this.dispatch = dispatch;
        this.faults = faults;
        this.requests = requests;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String inner = path.startsWith("/v1/") ? path.substring("/v1/".length()) : "";
            String request = exchange.getRequestMethod() + " " + inner;
            requests.count(request);
            byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
            Optional<Faults.Fault> fault = faults.next(request);
            if (fault.isPresent() && fault.get() instanceof Faults.Status status) {
                send(exchange, status.code(), status.body().getBytes(StandardCharsets.UTF_8));
                return;
            }
            if (fault.isPresent() && fault.get() instanceof Faults.Delay delay && !paused(delay.by())) {
                return;
            }
            Reply reply = reply(exchange, inner, body);
            JsonObject json = reply.body();
            byte[] text = json == null ? new byte[0] : (json + "\n").getBytes(StandardCharsets.UTF_8);
            if (fault.isPresent() && fault.get() instanceof Faults.Drop) {
                return; // closing the exchange before its headers are sent ends the connection
            }
            if (fault.isPresent() && fault.get() instanceof Faults.Truncate) {
                exchange.sendResponseHeaders(reply.status(), Math.max(2, text.length));
                exchange.getResponseBody().write(text, 0, text.length / 2);
                exchange.getResponseBody().flush();
                return;
            }
            if (fault.isPresent() && fault.get() instanceof Faults.Drip drip) {
                drip(exchange, reply.status(), text, drip.pause());
                return;
            }
            send(exchange, reply.status(), text);
        }
    }

    private static void drip(HttpExchange exchange, int status, byte[] text, Duration pause) throws IOException {
        exchange.sendResponseHeaders(status, Math.max(1, text.length));
        for (byte one : text) {
            if (!paused(pause)) {
                return;
            }
            exchange.getResponseBody().write(one);
            exchange.getResponseBody().flush();
        }
    }

    /** Waits; false where the store is closing. */
    private static boolean paused(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Reply reply(HttpExchange exchange, String path, byte[] body) {
        try {
            Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
            boolean list = "true".equals(query.get("list"));
            Operation operation = Operation.of(exchange.getRequestMethod(), list);
            if (body.length > MOST_BYTES) {
                throw new Refusal(413, "request body too large");
            }
            return dispatch.answer(operation, path, query, json(body), token(exchange));
        } catch (Refusal refusal) {
            return Reply.error(refusal);
        }
    }

    private static JsonObject json(byte[] body) {
        if (body.length == 0) {
            return new JsonObject();
        }
        try {
            JsonValue value = Json.parse(new String(body, StandardCharsets.UTF_8));
            if (value.isObject()) {
                return value.asObject();
            }
        } catch (ParseException e) {
            throw new Refusal(400, "failed to parse JSON input: " + e.getMessage());
        }
        throw new Refusal(400, "failed to parse JSON input: it is not an object");
    }

    private static @Nullable String token(HttpExchange exchange) {
        String token = exchange.getRequestHeaders().getFirst("X-Vault-Token");
        String bearer = exchange.getRequestHeaders().getFirst("Authorization");
        if (token == null && bearer != null && bearer.startsWith("Bearer ")) {
            return bearer.substring("Bearer ".length());
        }
        return token;
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    query.put(
                            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
                }
            }
        }
        return query;
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }
}
