package io.purser.agent.run;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Answers small HTTP/1.1 requests, one to a connection and one at a time. The JDK's own server would do, but it brings 80
 * classes (290 on Java 25), a selector and a thread more, half a MiB of every sidecar, and it waits without end for a slow
 * request.
 */
final class PageServer implements AutoCloseable {

    private static final int LARGEST_HEAD = 8 * 1024;

    /** How long a client may take, so that none keeps the kubelet's probe waiting. */
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private static final Duration PAUSE = Duration.ofMillis(1);

    private static final Duration WAKING = Duration.ofMillis(100);

    private final ServerSocket socket = new ServerSocket();
    private final Pages pages;
    private final Thread thread;

    /**
     * Starts listening.
     *
     * @throws IOException if the address is taken
     */
    PageServer(String name, InetSocketAddress address, Pages pages) throws IOException {
        this.pages = pages;
        try {
            socket.bind(address);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        thread = new Thread(this::serve, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** What is served. */
    @FunctionalInterface
    interface Pages {
        /** The answer to a request for a target, which is a path and perhaps a query. */
        Reply answer(String method, String target);
    }

    /** An answer. */
    record Reply(int code, String type, String body) {
        static Reply text(int code, String body) {
            return new Reply(code, "text/plain; charset=utf-8", body);
        }
    }

    /** Ends. Waits a moment for the thread, since one that waits for a client keeps the port until it has woken. */
    @Override
    public void close() {
        try {
            socket.close();
            thread.join(WAKING.toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                exchange(connection);
            } catch (IOException e) {
                // The client has gone or is too slow, or no file descriptor is free: the next one may be served.
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void exchange(Socket connection) throws IOException {
        long end = System.nanoTime() + LIMIT.toNanos();
        String[] request = head(connection, end).split("\r\n", 2)[0].split(" ", -1);
        boolean known = request.length == 3 && request[2].startsWith("HTTP/1.");
        Reply reply = known
                ? answer(request[0], request[1])
                : Reply.text(400, "this is not a request of HTTP/1.1, or it is too long\n");
        send(connection.getOutputStream(), reply, request[0].equals("HEAD"));
        connection.shutdownOutput();
        drain(connection, end);
    }

    private Reply answer(String method, String target) {
        try {
            return pages.answer(method, target);
        } catch (RuntimeException e) {
            return Reply.text(500, "failed with " + e.getClass().getSimpleName() + "; this is a bug in Purser\n");
        }
    }

    /** The request line and the headers; nothing if they are not all there in time. */
    private static String head(Socket connection, long end) throws IOException {
        byte[] head = new byte[LARGEST_HEAD];
        int length = 0;
        while (length < head.length) {
            int count = read(connection, head, length, end);
            if (count < 0) {
                throw new EOFException("the client has gone");
            }
            length += count;
            String text = new String(head, 0, length, StandardCharsets.ISO_8859_1);
            if (text.contains("\r\n\r\n")) {
                return text;
            }
        }
        return "";
    }

    private static void send(OutputStream out, Reply reply, boolean headOnly) throws IOException {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + reply.code() + (reply.code() < 300 ? " OK" : " Refused") + "\r\nContent-Type: "
                + reply.type() + "\r\nContent-Length: " + body.length + "\r\nConnection: close\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        if (!headOnly) {
            out.write(body);
        }
    }

    /** A connection closed on unread input is reset, and the client might lose the answer: so its body is read first. */
    private static void drain(Socket connection, long end) throws IOException {
        byte[] ignored = new byte[LARGEST_HEAD];
        while (read(connection, ignored, 0, end) >= 0) {
            // until the client has closed its side
        }
    }

    private static int read(Socket connection, byte[] buffer, int offset, long end) throws IOException {
        long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (left <= 0) {
            throw new SocketTimeoutException("the client is too slow");
        }
        connection.setSoTimeout((int) left);
        InputStream in = connection.getInputStream();
        return in.read(buffer, offset, buffer.length - offset);
    }
}
