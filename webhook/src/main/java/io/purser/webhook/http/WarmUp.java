package io.purser.webhook.http;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.X509TrustManager;

/**
 * Sends canned reviews to the server itself, over TLS and HTTP/2 as an API server does, and one over HTTP/1.1, so that the first real one finds all code
 * loaded and compiled. Its client is a bare socket on the server's TLS: a whole HTTP client would be loaded for these two connections alone.
 */
final class WarmUp {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String REVIEW = "warm-up.json";
    private static final String TOKEN_VOLUME = "kube-api-access-";
    private static final String NAME = "warm-up";
    private static final String MEMORY = "128Mi";

    private static final int FRAME_HEAD = 9;
    private static final byte DATA = 0;
    private static final byte HEADERS = 1;
    private static final byte SETTINGS = 4;
    private static final byte WINDOW_UPDATE = 8;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int PRIORITY = 0x20;
    private static final int PRIORITY_LENGTH = 5;
    private static final int FIRST_STATUS = 0x88;
    private static final List<Integer> STATUSES = List.of(200, 204, 206, 304, 400, 404, 500);
    private static final int WINDOW = 1 << 24;
    private static final String OK = "HTTP/1.1 200";

    /**
     * It is this very process. Not Vert.x's own, which the JDK wraps with checks that read the runtime's authorities.
     */
    private static final X509TrustManager ANYONE =
            (X509TrustManager) InsecureTrustManagerFactory.INSTANCE.getTrustManagers()[0];

    private final Vertx vertx;
    private final SSLEngineOptions engine;

    /** @param engine an implementation of TLS that understands the server's certificate */
    WarmUp(Vertx vertx, SSLEngineOptions engine) {
        this.vertx = vertx;
        this.engine = engine;
    }

    /**
     * Sends reviews over HTTP/2, all at once on one connection, and one more beside them over HTTP/1.1.
     *
     * @param server where to send them
     * @param path the server's path for them, of less than 127 bytes
     * @param times how many over HTTP/2
     * @throws IOException when the server does not answer as it should
     */
    void run(InetSocketAddress server, String path, int times) throws IOException {
        String review = review();
        NetClient http2 = client("h2");
        NetClient http1 = client("http/1.1");
        try {
            Future.all(
                            connect(http2, server)
                                    .compose(socket -> exchange(socket, requests(review, path, times), times)),
                            connect(http1, server).compose(socket -> exchange(socket, request(review, path))))
                    .await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("not answered within " + PATIENCE.toSeconds() + " s", e);
        } catch (Exception e) { // Future.await throws the cause as it is, checked or not
            throw new IOException(e.getMessage(), e);
        } finally {
            http2.close();
            http1.close();
        }
    }

    private NetClient client(String protocol) {
        return vertx.createNetClient(new NetClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setApplicationLayerProtocols(List.of(protocol))
                .setTrustOptions(TrustOptions.wrap(ANYONE))
                .setHostnameVerificationAlgorithm("")
                .setSslEngineOptions(engine));
    }

    private static Future<NetSocket> connect(NetClient client, InetSocketAddress server) {
        return client.connect(server.getPort(), server.getAddress().getHostAddress());
    }

    /** Completed when the server has answered over HTTP/1.1 and closed the connection. */
    private static Future<Void> exchange(NetSocket socket, Buffer request) {
        Promise<Void> whole = Promise.promise();
        Buffer answer = Buffer.buffer();
        socket.handler(answer::appendBuffer);
        socket.exceptionHandler(whole::tryFail);
        socket.closeHandler(closed -> {
            String status = answer.getString(0, Math.min(answer.length(), OK.length()));
            if (status.equals(OK)) {
                whole.tryComplete();
            } else {
                whole.tryFail("a canned review was answered " + status);
            }
        });
        socket.write(request);
        return whole.future();
    }

    private static Buffer request(String review, String path) {
        Buffer body = Buffer.buffer(review);
        return Buffer.buffer("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n")
                .appendBuffer(body);
    }

    /** Completed when the server has answered so many streams. */
    private static Future<Void> exchange(NetSocket socket, Buffer requests, int times) {
        Answers answers = new Answers(times);
        socket.handler(answers::read);
        socket.exceptionHandler(answers.whole::tryFail);
        socket.closeHandler(closed -> answers.whole.tryFail("the connection was closed in the midst"));
        socket.write(requests);
        return answers.whole.future();
    }

    /** The frames that come back. */
    private static final class Answers {

        private final Promise<Void> whole = Promise.promise();
        private Buffer unread = Buffer.buffer();
        private int missing;

        Answers(int missing) {
            this.missing = missing;
        }

        void read(Buffer chunk) {
            unread.appendBuffer(chunk);
            int start = 0;
            while (unread.length() - start >= FRAME_HEAD) {
                int end = start + FRAME_HEAD + unread.getMedium(start);
                if (end > unread.length()) {
                    break;
                }
                frame(unread.getByte(start + 3), unread.getByte(start + 4), unread.slice(start + FRAME_HEAD, end));
                start = end;
            }
            unread = unread.getBuffer(start, unread.length());
        }

        /** What HPACK's static table says in one byte, from 0x88 on; 0 for another. */
        private static int status(Buffer payload, int start) {
            int entry = payload.getUnsignedByte(start) - FIRST_STATUS;
            return entry >= 0 && entry < STATUSES.size() ? STATUSES.get(entry) : 0;
        }

        private void frame(byte type, byte flags, Buffer payload) {
            int status = type == HEADERS ? status(payload, (flags & PRIORITY) == 0 ? 0 : PRIORITY_LENGTH) : 200;
            if (status != 200) {
                whole.tryFail("a canned review was answered " + (status == 0 ? "otherwise than 200" : status));
            } else if (type == DATA && (flags & END_STREAM) != 0 && --missing == 0) {
                whole.tryComplete();
            }
        }
    }

    /** What a client of HTTP/2 sends (RFC 9113): the preface, windows for all answers, and for each review its head and its body. */
    private static Buffer requests(String review, String path, int times) {
        Buffer head = head(path);
        Buffer requests =
                Buffer.buffer(times * (review.length() + 200)).appendString("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        frame(requests, SETTINGS, 0, 0, Buffer.buffer());
        frame(requests, WINDOW_UPDATE, 0, 0, Buffer.buffer().appendInt(WINDOW));
        for (int i = 0; i < times; i++) {
            int stream = 2 * i + 1;
            frame(requests, HEADERS, END_HEADERS, stream, head);
            frame(requests, DATA, END_STREAM, stream, Buffer.buffer(pod(review, i, times)));
        }
        return requests;
    }

    /**
     * Three in four are pods like no other, whose texts nobody has read before; the others are of one ReplicaSet, whose decision is remembered.
     */
    private static String pod(String review, int number, int of) {
        String pod = review.replace(TOKEN_VOLUME + "warm1", TOKEN_VOLUME + (10_000 + number));
        return number * 4 < of * 3 ? pod.replace(NAME, NAME + number).replace(MEMORY, (128 + number) + "Mi") : pod;
    }

    /** The fields of the head with names, and where they have them values, of HPACK's static table (RFC 7541, appendix A); no text is compressed. */
    private static Buffer head(String path) {
        Buffer head = Buffer.buffer()
                .appendByte((byte) 0x83) // :method: POST
                .appendByte((byte) 0x87); // :scheme: https
        text(head.appendByte((byte) 4), path); // :path
        text(head.appendByte((byte) 1), "localhost"); // :authority
        text(head.appendByte((byte) 0x0f).appendByte((byte) (31 - 15)), "application/json"); // content-type
        return head;
    }

    private static void text(Buffer head, String text) {
        head.appendByte((byte) text.length()).appendString(text);
    }

    private static void frame(Buffer out, byte type, int flags, int stream, Buffer payload) {
        out.appendMedium(payload.length())
                .appendByte(type)
                .appendByte((byte) flags)
                .appendInt(stream)
                .appendBuffer(payload);
    }

    private static String review() throws IOException {
        try (InputStream review = WarmUp.class.getResourceAsStream(REVIEW)) {
            if (review == null) {
                throw new IOException(REVIEW + " is missing from the program");
            }
            return new String(review.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
