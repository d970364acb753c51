package io.purser.webhook.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open connections, and how one is ended politely. Thread-safe. */
final class Connections {

    private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;
    private volatile Duration grace = Duration.ZERO;

    /** Remembers a connection until it is closed. */
    void opened(HttpConnection connection) {
        open.add(connection);
        connection.closeHandler(closed -> open.remove(connection));
    }

    /**
     * From now on every connection ends after its next answer. HTTP/2 clients are told at once (GOAWAY) and what they have sent is
     * answered; HTTP/1.1 clients are told with their next answer ({@code Connection: close}).
     */
    void drain(Duration forAtMost) {
        grace = forAtMost;
        draining = true;
        for (HttpConnection connection : open) {
            if (connection.protocolVersion() == HttpVersion.HTTP_2) {
                connection.shutdown(forAtMost);
            }
        }
    }

    /** Ends the connection after this answer if connections are to end. */
    void answering(HttpServerRequest request) {
        if (draining) {
            if (request.version() == HttpVersion.HTTP_2) {
                request.response().endHandler(sent -> request.connection().shutdown(grace));
            } else {
                closeAfter(request);
            }
        }
    }

    /** Ends an HTTP/1.1 connection after this answer; an HTTP/2 connection goes on, as its streams are apart. */
    static void closeAfter(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }
}
