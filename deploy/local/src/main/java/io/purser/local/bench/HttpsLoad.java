package io.purser.local.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;

/**
 * A load of reviews over keep-alive HTTPS connections: HTTP/1.1 with one request at a time on each, or HTTP/2 with several. One thread and
 * BoringSSL, since the load generator takes its processor time from the server that it measures.
 */
final class HttpsLoad implements AutoCloseable {

    /** An API server waits this long for a webhook unless told otherwise. */
    private static final long PATIENCE_SECONDS = 10;

    private static final int TOO_MANY_REQUESTS = 429;

    /** What Go's client, which API servers use, lets a server send ahead: on a connection and on a stream of it. */
    private static final int CONNECTION_WINDOW = 1 << 30;

    private static final int STREAM_WINDOW = 4 << 20;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    private final HttpClientAgent client;
    private final int streams;

    /**
     * A load generator for servers on this machine.
     *
     * @param caPem authority of the servers' certificates
     * @param streams at once on each connection, over HTTP/2; 0 for HTTP/1.1
     */
    HttpsLoad(String caPem, int streams) {
        this.streams = streams;
        client = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(streams > 0)
                .setProtocolVersion(streams > 0 ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1)
                .setHttp2ConnectionWindowSize(CONNECTION_WINDOW)
                .setInitialSettings(new Http2Settings().setInitialWindowSize(STREAM_WINDOW))
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(caPem)))
                .setSslEngineOptions(new OpenSSLEngineOptions()));
    }

    /**
     * Sends reviews and waits for all answers.
     *
     * @param bodies sent in turn
     * @param connections at once
     * @param count of reviews
     * @throws IOException when an answer is neither a decision nor 429, or does not come within ten seconds
     */
    LoadFigures run(int port, List<byte[]> bodies, int connections, int count) throws IOException {
        HttpConnectOptions server =
                new HttpConnectOptions().setHost("localhost").setPort(port).setSsl(true);
        List<Future<HttpClientConnection>> connecting = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            connecting.add(client.connect(server));
        }
        List<HttpClientConnection> connected = await(Future.all(connecting)).list();
        Run run = new Run(bodies.stream().map(Buffer::buffer).toList(), count);
        long start = System.nanoTime();
        try {
            List<Promise<Void>> ends = new ArrayList<>();
            int inFlight = connections * Math.max(1, streams);
            for (int i = 0; i < inFlight; i++) {
                ends.add(Promise.promise());
            }
            vertx.runOnContext(begin -> {
                for (int i = 0; i < inFlight; i++) {
                    run.on(connected.get(i % connections), ends.get(i));
                }
            });
            await(Future.all(ends.stream().map(Promise::future).toList()));
            return LoadFigures.of(run.nanos, run.refused, System.nanoTime() - start);
        } finally {
            await(Future.all(connected.stream().map(HttpClientConnection::close).toList()));
        }
    }

    private static <T> T await(Future<T> future) throws IOException {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            boolean late = cause instanceof TimeoutException;
            throw new IOException(
                    late ? "a review was not answered within " + PATIENCE_SECONDS + " s" : cause.getMessage(), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the load was interrupted");
        }
    }

    @Override
    public void close() {
        vertx.close();
    }

    /** One run; touched by the client's one thread only. */
    private static final class Run {

        private final List<Buffer> bodies;
        private final int count;
        private final Histogram nanos = new Histogram(3);
        private int sent;
        private long refused;

        Run(List<Buffer> bodies, int count) {
            this.bodies = bodies;
            this.count = count;
        }

        /** Sends one review after the other; on the client's thread. */
        void on(HttpClientConnection connection, Promise<Void> done) {
            if (sent == count) {
                done.tryComplete();
                return;
            }
            Buffer body = bodies.get(sent++ % bodies.size());
            long start = System.nanoTime();
            connection
                    .request(new RequestOptions()
                            .setMethod(HttpMethod.POST)
                            .setURI("/mutate")
                            .putHeader(HttpHeaders.CONTENT_TYPE, "application/json"))
                    .compose(request -> request.send(body))
                    .compose(this::answered)
                    .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .onFailure(done::tryFail)
                    .onSuccess(answered -> {
                        nanos.recordValue(System.nanoTime() - start);
                        on(connection, done);
                    });
        }

        private Future<Void> answered(HttpClientResponse answer) {
            if (answer.statusCode() == TOO_MANY_REQUESTS) {
                refused++;
            } else if (answer.statusCode() != 200) {
                return Future.failedFuture("the server answered " + answer.statusCode());
            }
            return answer.end();
        }
    }
}
