package io.purser.webhook.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.X509TrustManager;

/**
 * Sends canned reviews to the server itself, over TLS, so that the first real one finds all code loaded and compiled. Its
 * client is a bare socket on the server's TLS: a whole HTTP client would be loaded for this one connection alone.
 */
final class WarmUp {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String REVIEW = "warm-up.json";
    private static final String ANSWERED = "HTTP/1.1 200 ";
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 (?!200 ).*");

    /**
     * It is this very process. Not Vert.x's own, which the JDK wraps with checks that read the runtime's authorities.
     */
    private static final X509TrustManager ANYONE =
            (X509TrustManager) InsecureTrustManagerFactory.INSTANCE.getTrustManagers()[0];

    private WarmUp() {}

    /**
     * Sends reviews one behind the other (RFC 9112, 9.3.2).
     *
     * @param server where to send them
     * @param path the server's path for them
     * @param times how many
     * @throws IOException when the server does not answer as it should
     */
    static void run(Vertx vertx, InetSocketAddress server, String path, int times) throws IOException {
        Buffer requests = requests(path, times);
        NetClient client = vertx.createNetClient(new NetClientOptions()
                .setSsl(true)
                .setTrustOptions(TrustOptions.wrap(ANYONE))
                .setHostnameVerificationAlgorithm("")
                .setSslEngineOptions(TlsEngine.best()));
        try {
            String answers = client.connect(
                            server.getPort(), server.getAddress().getHostAddress())
                    .compose(socket -> exchange(socket, requests))
                    .await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .toString(ISO_8859_1);
            check(answers, times);
        } catch (TimeoutException e) {
            throw new IOException("not answered within " + PATIENCE.toSeconds() + " s", e);
        } catch (Exception e) { // Future.await throws the cause as it is, checked or not
            throw new IOException(e.getMessage(), e);
        } finally {
            client.close();
        }
    }

    /** All that the server answers until it closes the connection, as the last request asks. */
    private static Future<Buffer> exchange(NetSocket socket, Buffer requests) {
        Buffer answers = Buffer.buffer();
        Promise<Buffer> whole = Promise.promise();
        socket.handler(answers::appendBuffer);
        socket.exceptionHandler(whole::tryFail);
        socket.closeHandler(closed -> whole.tryComplete(answers));
        socket.write(requests);
        return whole.future();
    }

    private static void check(String answers, int times) throws IOException {
        var other = STATUS_LINE.matcher(answers);
        if (other.find()) {
            throw new IOException("a canned review was answered " + other.group());
        }
        int answered = answers.split(ANSWERED, -1).length - 1;
        if (answered != times) {
            throw new IOException(answered + " of " + times + " canned reviews were answered");
        }
    }

    private static Buffer requests(String path, int times) throws IOException {
        byte[] review = review();
        Buffer requests = Buffer.buffer(times * (review.length + 200));
        for (int left = times - 1; left >= 0; left--) {
            requests.appendString("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: " + review.length + "\r\n"
                            + (left == 0 ? "Connection: close\r\n" : "") + "\r\n")
                    .appendBytes(review);
        }
        return requests;
    }

    private static byte[] review() throws IOException {
        try (InputStream review = WarmUp.class.getResourceAsStream(REVIEW)) {
            if (review == null) {
                throw new IOException(REVIEW + " is missing from the program");
            }
            return review.readAllBytes();
        }
    }
}
