package io.purser.webhook.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends canned reviews to the server itself, over TLS, so that the first real one finds all code loaded and compiled. Its
 * client shares the server's TLS: the runtime's own would be loaded for these few requests alone.
 */
final class WarmUp {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String REVIEW = "warm-up.json";

    private final HttpClient client;
    private final RequestOptions request;
    private final Buffer review;

    private WarmUp(HttpClient client, RequestOptions request, Buffer review) {
        this.client = client;
        this.request = request;
        this.review = review;
    }

    /**
     * Sends reviews one after the other.
     *
     * @param server where to send them
     * @param path the server's path for them
     * @param times how many
     * @throws IOException when the server does not answer as it should
     */
    static void run(Vertx vertx, InetSocketAddress server, String path, int times) throws IOException {
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setTrustAll(true) // it is this very process
                .setVerifyHost(false)
                .setSslEngineOptions(TlsEngine.best()));
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(host(server.getAddress()))
                .setPort(server.getPort())
                .setURI(path)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        try {
            new WarmUp(client, request, review()).send(times).await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("not answered within " + PATIENCE, e);
        } catch (Exception e) { // Future.await throws the cause as it is, checked or not
            throw new IOException(e.getMessage(), e);
        } finally {
            client.close();
        }
    }

    /** As a URL has it (RFC 3986, 3.2.2). */
    private static String host(InetAddress address) {
        return address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
    }

    private Future<?> send(int times) {
        if (times == 0) {
            return Future.succeededFuture();
        }
        return client.request(request)
                .compose(sending -> sending.send(review))
                .compose(answer -> answer.statusCode() == 200
                        ? answer.body()
                        : Future.failedFuture("a canned review was answered " + answer.statusCode()))
                .compose(answered -> send(times - 1));
    }

    private static Buffer review() throws IOException {
        try (InputStream review = WarmUp.class.getResourceAsStream(REVIEW)) {
            if (review == null) {
                throw new IOException(REVIEW + " is missing from the program");
            }
            return Buffer.buffer(review.readAllBytes());
        }
    }
}
