package io.purser.webhook.http;

import io.netty.channel.WriteBufferWaterMark;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open connections, and how one is ended politely. Thread-safe. */
final class Connections {

    private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    /** Remembers a connection until it is closed. */
    void opened(HttpConnection connection) {
        keepWritable(connection);
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

    /**
     * Vert.x (5.1 and 5.2) asks whether a stream of HTTP/2 may be written when it begins, and goes by changes after that. Netty tells of no change
     * where a connection was not writable for a moment only, in the midst of a burst: a stream that began in that moment would wait for ever with the
     * body of its answer. So no connection is ever not writable. What a client does not read is in memory one way or the other.
     */
    private static void keepWritable(HttpConnection connection) {
        if (connection instanceof HttpServerConnection server) {
            server.channelHandlerContext()
                    .channel()
                    .config()
                    .setWriteBufferWaterMark(new WriteBufferWaterMark(Integer.MAX_VALUE, Integer.MAX_VALUE));
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
