package io.purser.agent.vault;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.purser.agent.config.StoreConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request on to the store and its answer back. The JDK's client knows no LIST and no SCAN, for which the store
 * takes a GET with a parameter as well.
 */
final class Forwarder {

    static final int LARGEST_BODY = 4 << 20;

    /** Of one connection, not of the request (RFC 9110, 7.6.1), or set by the client itself. */
    private static final Set<String> NOT_FORWARDED = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "host",
            "content-length",
            "expect");

    private final StoreConfig store;
    private final Supplier<? extends @Nullable SSLContext> tls;

    Forwarder(StoreConfig store, Supplier<? extends @Nullable SSLContext> tls) {
        this.store = store;
        this.tls = tls;
    }

    /** @param headers what is sent in place of the request's own headers */
    void forward(HttpExchange exchange, Headers headers, byte[] body) throws IOException {
        if (exchange.getRequestMethod().equals("PATCH")) {
            patch(exchange, headers, body);
            return;
        }
        HttpURLConnection connection = open(exchange.getRequestMethod(), exchange.getRequestURI());
        forwarded(headers).forEach((name, values) -> connection.setRequestProperty(name, String.join(",", values)));
        if (body.length > 0 || Set.of("POST", "PUT").contains(exchange.getRequestMethod())) {
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(body.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
        }
        answer(exchange, connection);
    }

    private void patch(HttpExchange exchange, Headers headers, byte[] body) throws IOException {
        SSLContext context = tls.get();
        PatchExchange.Reply reply = new PatchExchange(store, context == null ? null : context.getSocketFactory())
                .send(target(exchange.getRequestURI(), query(exchange.getRequestURI())), forwarded(headers), body);
        exchange.getResponseHeaders().putAll(forwarded(reply.headers()));
        exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
        if (reply.body().length > 0) {
            exchange.getResponseBody().write(reply.body());
        }
    }

    /** What of a message's headers goes on; the JDK has a null name for the status line. */
    private static Headers forwarded(Map<? extends @Nullable String, List<String>> headers) {
        Headers forwarded = new Headers();
        headers.forEach((name, values) -> {
            if (name != null && !NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                forwarded.put(name, values);
            }
        });
        return forwarded;
    }

    private static String query(URI asked) {
        return asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
    }

    private URI target(URI asked, String query) {
        return URI.create(store.address().replaceFirst("/+$", "") + asked.getRawPath() + query);
    }

    private HttpURLConnection open(String method, URI asked) throws IOException {
        boolean lists = method.equals("LIST") || method.equals("SCAN");
        String query = query(asked);
        if (lists) {
            query += (query.isEmpty() ? "?" : "&") + method.toLowerCase(Locale.ROOT) + "=true";
        }
        URI target = target(asked, query);
        HttpURLConnection connection = (HttpURLConnection) target.toURL().openConnection();
        SSLContext context = tls.get();
        if (context != null && connection instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(context.getSocketFactory());
        }
        connection.setConnectTimeout((int) store.timeout().toMillis());
        connection.setReadTimeout((int) store.timeout().toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setRequestMethod(lists ? "GET" : method);
        return connection;
    }

    private static void answer(HttpExchange exchange, HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        exchange.getResponseHeaders().putAll(forwarded(connection.getHeaderFields()));
        InputStream body =
                status < HttpURLConnection.HTTP_BAD_REQUEST ? connection.getInputStream() : connection.getErrorStream();
        boolean none = body == null
                || status == HttpURLConnection.HTTP_NO_CONTENT
                || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, none ? -1 : 0);
        if (body != null) {
            try (body) {
                if (!none) {
                    body.transferTo(exchange.getResponseBody());
                }
            }
        }
    }
}
