package io.purser.local.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A load of reviews over keep-alive HTTPS connections, one request at a time on each. Plain sockets, since the load generator takes its
 * processor time from the server that it measures.
 */
final class HttpsLoad {

    private final SSLSocketFactory sockets;
    private final int port;
    private final List<byte[]> requests;

    /**
     * A load for one server.
     *
     * @param sockets trusts the server
     * @param port of the server on this machine
     * @param bodies the reviews, sent in turn
     */
    HttpsLoad(SSLSocketFactory sockets, int port, List<byte[]> bodies) {
        this.sockets = sockets;
        this.port = port;
        this.requests = bodies.stream().map(HttpsLoad::request).toList();
    }

    private static byte[] request(byte[] body) {
        byte[] head = ("POST /mutate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length + "\r\n\r\n")
                .getBytes(US_ASCII);
        byte[] request = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    /**
     * Sends {@code count} reviews over {@code connections} connections and waits for all answers.
     *
     * @throws IOException when an answer is not 200
     */
    LoadFigures run(int connections, int count) throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        long[] nanos = new long[count];
        Thread[] threads = new Thread[connections];
        IOException[] failed = new IOException[1];
        long start = System.nanoTime();
        for (int i = 0; i < connections; i++) {
            threads[i] = new Thread(() -> {
                try {
                    send(next, nanos);
                } catch (IOException e) {
                    failed[0] = e;
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (failed[0] != null) {
            throw failed[0];
        }
        return LoadFigures.of(nanos, System.nanoTime() - start);
    }

    private void send(AtomicInteger next, long[] nanos) throws IOException {
        try (SSLSocket socket = (SSLSocket) sockets.createSocket("localhost", port);
                InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 14)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            for (int i = next.getAndIncrement(); i < nanos.length; i = next.getAndIncrement()) {
                long start = System.nanoTime();
                out.write(requests.get(i % requests.size()));
                out.flush();
                skipAnswer(in);
                nanos[i] = System.nanoTime() - start;
            }
        }
    }

    private static void skipAnswer(InputStream in) throws IOException {
        String line = line(in);
        if (!line.contains(" 200 ")) {
            throw new IOException("the server answered " + line);
        }
        int length = 0;
        while (!line.isEmpty()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).trim());
            } else if (line.toLowerCase(Locale.ROOT).startsWith("transfer-encoding:")) {
                length = -1;
            }
            line = line(in);
        }
        if (length >= 0) {
            in.skipNBytes(length);
        } else {
            skipChunks(in);
        }
    }

    private static void skipChunks(InputStream in) throws IOException {
        int size;
        do {
            size = Integer.parseInt(line(in), 16);
            in.skipNBytes(size);
            line(in);
        } while (size > 0);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
