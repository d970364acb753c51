package io.purser.agent.vault;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonObject;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.purser.agent.config.ListenerConfig.ProxyConfig;
import io.purser.agent.config.StoreConfig;
import io.purser.agent.lease.AuthToken;
import io.purser.agent.lease.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The listener that Vault's own agent offers an application: it forwards API calls to the store and lends them the agent's
 * token. It keeps no answers. Reached from inside the pod only.
 */
public final class LoopbackProxy implements AutoCloseable {

    private static final String TOKEN = "X-Vault-Token";
    private static final String NAMESPACE = "X-Vault-Namespace";
    private static final int THREADS = 4;

    static {
        // The JDK's server sends an answer's head and body apart; the body then waits 40 ms for the client to
        // acknowledge the head.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final ProxyConfig config;
    private final StoreConfig store;
    private final Forwarder forwarder;
    private final Supplier<? extends @Nullable AuthToken> token;
    private final Runnable quit;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        return thread;
    });

    LoopbackProxy(ProxyConfig config, VaultStore.Parts parts, Lending lending) throws IOException {
        this.config = config;
        this.store = parts.store();
        this.forwarder = new Forwarder(parts.store(), parts.tls());
        this.token = lending.token();
        this.quit = lending.quit();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), config.port()), 0);
        server.createContext("/", this::handle);
        server.createContext("/agent/v1/quit", this::quit);
        server.createContext("/agent/v1/cache-clear", exchange -> send(exchange, 200, ""));
        server.setExecutor(threads);
        server.start();
    }

    /**
     * What the proxy takes from the agent.
     *
     * @param token the agent's token now, or null before the first login
     * @param quit ends the agent
     */
    public record Lending(Supplier<? extends @Nullable AuthToken> token, Runnable quit) {}

    /** Where it listens, on the loopback address. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Stops listening. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void quit(HttpExchange exchange) throws IOException {
        if (!config.enableQuit()) {
            error(exchange, 404, "ending the agent is not enabled; set the annotation agent-enable-quit");
        } else if (!exchange.getRequestMethod().equals("POST")) {
            error(exchange, 405, "POST /agent/v1/quit ends the agent");
        } else {
            send(exchange, 200, "");
            quit.run();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("PATCH") && store.proxy() != null) {
            // A client that gets this reads, changes and writes instead, as it must with older stores.
            error(exchange, 405, "PATCH is not forwarded through a proxy; read, change and write");
            return;
        }
        byte[] body = exchange.getRequestBody().readNBytes(Forwarder.LARGEST_BODY + 1);
        if (body.length > Forwarder.LARGEST_BODY) {
            error(exchange, 413, "the agent forwards at most 4 MiB; send this to the store itself");
            return;
        }
        try {
            forwarder.forward(exchange, headers(exchange), body);
            exchange.close();
        } catch (IOException | StoreException e) {
            if (exchange.getResponseCode() < 0) {
                error(exchange, 502, "the agent got no answer from " + store.address() + "; see the agent's own log");
            } else {
                exchange.close(); // in the middle of an answer nothing can be said any more
            }
        }
    }

    private Headers headers(HttpExchange exchange) {
        Headers headers = new Headers();
        headers.putAll(exchange.getRequestHeaders());
        AuthToken lent = token.get();
        boolean own = headers.containsKey(TOKEN) || headers.containsKey("Authorization");
        if (lent != null
                && (config.useAutoAuthToken().equals("force")
                        || (config.useAutoAuthToken().equals("true") && !own))) {
            headers.remove("Authorization");
            headers.set(TOKEN, lent.value().text());
        }
        if (store.namespace() != null && !headers.containsKey(NAMESPACE)) {
            headers.set(NAMESPACE, store.namespace());
        }
        return headers;
    }

    private static void error(HttpExchange exchange, int status, String sentence) throws IOException {
        send(
                exchange,
                status,
                new JsonObject().add("errors", Json.array(sentence)).toString());
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        try (exchange) {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
