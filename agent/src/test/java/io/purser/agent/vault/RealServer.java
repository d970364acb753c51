package io.purser.agent.vault;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A real {@code bao server -dev} over TLS. */
final class RealServer {

    static final String ROOT_TOKEN = "root";

    private final Process process;
    private final int port;

    private RealServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The program, where one is on the PATH. */
    static Optional<Path> program() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "bao"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it; its CA is then {@code vault-ca.pem} in the directory. */
    static RealServer start(Path program, Path directory) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path log = directory.resolve("server.log");
        ProcessBuilder builder = new ProcessBuilder(
                        program.toString(),
                        "server",
                        "-dev",
                        "-dev-tls",
                        "-dev-tls-cert-dir=" + directory,
                        "-dev-root-token-id=" + ROOT_TOKEN,
                        "-dev-listen-address=127.0.0.1:" + port,
                        "-dev-no-store-token")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("HOME", directory.toString());
        RealServer server = new RealServer(builder.start(), port);
        server.awaitReady(log);
        return server;
    }

    String address() {
        return "https://127.0.0.1:" + port;
    }

    private void awaitReady(Path log) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!Files.readString(log).contains("Development mode should NOT") || !listens()) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                throw new IOException("the server did not start: " + Files.readString(log));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
