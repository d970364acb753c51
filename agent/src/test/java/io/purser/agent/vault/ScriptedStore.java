package io.purser.agent.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** A store that answers what it was told to, and remembers what it was asked. */
final class ScriptedStore implements AutoCloseable {

    static final String SECRET = "{\"request_id\":\"r\",\"lease_id\":\"\",\"renewable\":false,\"lease_duration\":0,"
            + "\"data\":{\"big\":12345678901234567890,\"price\":1.50,\"nothing\":null},\"warnings\":null,\"auth\":null}";
    static final String LOGIN = "{\"auth\":{\"client_token\":\"s.token\",\"accessor\":\"acc\",\"lease_duration\":3600,"
            + "\"renewable\":true,\"num_uses\":7}}";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    final List<Asked> asked = new CopyOnWriteArrayList<>();
    final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private final boolean tls;

    record Asked(String request, String body, Map<String, String> headers) {}

    private record Reply(int status, @Nullable String body, int truncatedTo, Map<String, String> headers) {}

    ScriptedStore(@Nullable SSLContext context) throws IOException {
        this(context, false);
    }

    ScriptedStore(@Nullable SSLContext context, boolean clientsNeedCertificate) throws IOException {
        this(context, clientsNeedCertificate, null);
    }

    /** @param version of TLS that alone is spoken */
    ScriptedStore(SSLContext context, String version) throws IOException {
        this(context, false, version);
    }

    private ScriptedStore(@Nullable SSLContext context, boolean clientsNeedCertificate, @Nullable String version)
            throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        tls = context != null;
        if (context == null) {
            server = HttpServer.create(any, 0);
        } else {
            HttpsServer secure = HttpsServer.create(any, 0);
            secure.setHttpsConfigurator(new HttpsConfigurator(context) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters tlsParameters = context.getDefaultSSLParameters();
                    tlsParameters.setNeedClientAuth(clientsNeedCertificate);
                    if (version != null) {
                        tlsParameters.setProtocols(new String[] {version});
                    }
                    parameters.setSSLParameters(tlsParameters);
                }
            });
            server = secure;
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** @param request for example {@code GET secret/data/x} */
    ScriptedStore on(String request, int status, @Nullable String body) {
        replies.put(request, new Reply(status, body, -1, Map.of()));
        return this;
    }

    /** Refuses a request with a wish to wait. */
    ScriptedStore refuse(String request, int status, String retryAfter) {
        replies.put(request, new Reply(status, "{\"errors\":[\"not now\"]}", -1, Map.of("Retry-After", retryAfter)));
        return this;
    }

    /** Sends the client elsewhere, as a standby does that does not ask the active server itself. */
    ScriptedStore redirect(String request, String address) {
        replies.put(request, new Reply(307, null, -1, Map.of("Location", address)));
        return this;
    }

    /** The answer breaks off after so many of its bytes. */
    ScriptedStore cutOff(String request, String body, int after) {
        replies.put(request, new Reply(200, body, after, Map.of()));
        return this;
    }

    String address() {
        return (tls ? "https" : "http") + "://127.0.0.1:" + server.getAddress().getPort();
    }

    List<String> requests() {
        return asked.stream().map(Asked::request).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        String request = exchange.getRequestMethod() + " " + uri.toString().replaceFirst("^/v1/", "");
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        asked.add(new Asked(request, new String(exchange.getRequestBody().readAllBytes(), UTF_8), headers));
        connections.add(exchange.getRemoteAddress());
        Reply reply = replies.getOrDefault(request, new Reply(404, "{\"errors\":[]}", -1, Map.of()));
        byte[] body = reply.body() == null ? new byte[0] : reply.body().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), reply.body() == null ? -1 : body.length);
        if (reply.truncatedTo() >= 0) {
            exchange.getResponseBody().write(body, 0, reply.truncatedTo());
            exchange.getResponseBody().flush();
            throw new IOException("cut off, as was asked");
        }
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
