package io.purser.local.apiserver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * The Service: takes connections on its cluster address and hands each to a ready replica, in turn. It learns of a
 * replica's readiness late, as kube-proxy does.
 */
final class Balancer implements AutoCloseable {
    private final ServerSocket server;
    private final Duration late;
    private final List<Backend> backends = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final ExecutorService copying = Executors.newCachedThreadPool();
    private final ScheduledExecutorService probing = Executors.newSingleThreadScheduledExecutor();
    private final HttpClient http = HttpClient.newHttpClient();

    Balancer(String clusterIp, Duration late) throws IOException {
        this.late = late;
        this.server = new ServerSocket();
        try {
            server.bind(new InetSocketAddress(clusterIp, 443), 256);
        } catch (IOException e) {
            Assumptions.abort("port 443 of " + clusterIp + " cannot be listened on (it needs root): " + e.getMessage());
        }
        copying.execute(this::accept);
        probing.scheduleWithFixedDelay(this::probe, 0, 100, TimeUnit.MILLISECONDS);
    }

    /** What the Service selects. */
    interface Member {
        int port();

        int healthPort();
    }

    void add(Member replica) {
        backends.add(new Backend(replica.port(), replica.healthPort()));
    }

    void remove(Member replica) {
        backends.removeIf(backend -> backend.port == replica.port());
    }

    boolean hasReady(Member replica) {
        return backends.stream().anyMatch(backend -> backend.port == replica.port() && backend.inRotation);
    }

    boolean hasReady() {
        return backends.stream().anyMatch(backend -> backend.inRotation);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                copying.execute(() -> connect(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void connect(Socket client) {
        List<Backend> ready =
                backends.stream().filter(backend -> backend.inRotation).toList();
        try {
            if (ready.isEmpty()) {
                client.close();
                return;
            }
            Socket backend = connectToAny(ready);
            copying.execute(() -> copy(client, backend));
            copy(backend, client);
        } catch (IOException e) {
            closeQuietly(client);
        }
    }

    /** In turn; a replica whose process is gone is passed over, as balancers do that see the connection refused. */
    private Socket connectToAny(List<Backend> ready) throws IOException {
        int first = turn.getAndIncrement();
        IOException refused = null;
        for (int index = 0; index < ready.size(); index++) {
            try {
                return new Socket("127.0.0.1", ready.get(Math.floorMod(first + index, ready.size())).port);
            } catch (IOException e) {
                refused = e;
            }
        }
        throw refused == null ? new IOException("no replica is ready") : refused;
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private void probe() {
        Instant now = Instant.now();
        for (Backend backend : backends) {
            boolean ready = isReady(backend);
            if (ready != backend.seenReady) {
                backend.seenReady = ready;
                backend.seenAt = now;
            }
            if (backend.seenAt.plus(late).isBefore(now)) {
                backend.inRotation = backend.seenReady;
            }
        }
    }

    private boolean isReady(Backend backend) {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + backend.healthPort + "/readyz"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            return; // gone already
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        probing.shutdownNow();
        copying.shutdownNow();
    }

    private static final class Backend {
        final int port;
        final int healthPort;
        volatile boolean inRotation;
        boolean seenReady;
        Instant seenAt = Instant.EPOCH;

        Backend(int port, int healthPort) {
            this.port = port;
            this.healthPort = healthPort;
        }
    }
}
