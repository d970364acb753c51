package io.purser.webhook.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open connections, and how one is ended politely. Thread-safe. */
final class Connections {

    private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    /** Remembers a connection until it is closed. */
    void opened(HttpConnection connection) {
        open.add(connection);
        connection.closeHandler(closed -> open.remove(connection));
        if (draining) {
            goAway(connection);
        }
    }

    /**
     * From now on clients are told to go elsewhere, and what they have sent is answered: HTTP/2 clients at once (GOAWAY that refuses
     * no stream, RFC 9113, section 6.8), HTTP/1.1 clients with their next answer ({@code Connection: close}).
     */
    void drain() {
        draining = true;
        open.forEach(Connections::goAway);
    }

    /**
     * To be called before an answer is sent.
     *
     * @param isLast whether the connection must end, for instance because the rest of the request is not read
     */
    void answering(HttpServerRequest request, boolean isLast) {
        if (request.version() != HttpVersion.HTTP_2 && (isLast || draining)) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }

    /** To be called when an answer was sent: ends an HTTP/1.1 connection on which a request was not read to its end. */
    static void answered(HttpServerRequest request, boolean isLast) {
        if (isLast && !request.isEnded() && request.version() != HttpVersion.HTTP_2) {
            request.connection().close();
        }
    }

    /** Not {@code shutdown}, which refuses the streams that cross its GOAWAY on the wire. */
    @SuppressWarnings("deprecation")
    private static void goAway(HttpConnection connection) {
        if (connection.protocolVersion() == HttpVersion.HTTP_2) {
            connection.goAway(0, Integer.MAX_VALUE);
        }
    }
}
