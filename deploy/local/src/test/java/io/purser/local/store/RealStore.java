package io.purser.local.store;

import io.purser.local.machine.FreePort;
import io.purser.local.machine.SearchPath;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real {@code bao server -dev} (or {@code vault}) for one test class. */
public final class RealStore implements StoreUnderTest {

    private static final String ROOT_TOKEN = "root";

    private final Process process;
    private final URI address;

    private RealStore(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** The program, where one is on the PATH. */
    public static Optional<Path> program() {
        return Stream.of("bao", "vault")
                .flatMap(name -> SearchPath.find(name).stream())
                .findFirst();
    }

    public static RealStore start(Path program, Path directory) throws IOException {
        int port = FreePort.next();
        ProcessBuilder builder = new ProcessBuilder(
                        program.toString(),
                        "server",
                        "-dev",
                        "-dev-root-token-id=" + ROOT_TOKEN,
                        "-dev-listen-address=127.0.0.1:" + port,
                        "-dev-no-store-token")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("server.log").toFile());
        builder.environment().put("HOME", directory.toString());
        RealStore store = new RealStore(builder.start(), URI.create("http://127.0.0.1:" + port));
        try {
            store.awaitReady();
            return store;
        } catch (IOException e) {
            store.close();
            throw new IOException("the server did not start: " + Files.readString(directory.resolve("server.log")), e);
        }
    }

    private void awaitReady() throws IOException {
        boolean ready = StoreContract.await(() -> {
            try {
                return root().get("sys/internal/ui/mounts/secret/x").status() == 200;
            } catch (IOException notYet) {
                return false;
            }
        });
        if (!ready) {
            throw new IOException("it does not answer");
        }
    }

    @Override
    public StoreClient root() {
        return StoreClient.of(address, null).as(ROOT_TOKEN);
    }

    public URI address() {
        return address;
    }

    /** A real server's clock cannot be moved: a token with the wanted time to live tells when it has passed. */
    @Override
    public void pass(Duration time) throws IOException {
        String token = root().put(
                        "auth/token/create",
                        StoreContract.json("{'policies':['default'],'ttl':'" + time.toSeconds() + "s'}"))
                .auth()
                .getString("client_token");
        StoreClient caller = root().as(token);
        if (!StoreContract.await(() -> caller.get("auth/token/lookup-self").status() == 403)) {
            throw new IOException("time does not pass");
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
