package io.purser.local.store;

import io.purser.local.machine.Folders;
import io.purser.local.machine.FreePort;
import io.purser.local.machine.SearchPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A real PostgreSQL, where the machine has one installed. It will not run as root, so root becomes nobody. */
public final class PostgresServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final String ADMIN = "admin";
    private static final String ADMIN_PASSWORD = "admin-password";

    private final Path directory;
    private final Process process;
    private final int port;

    private PostgresServer(Path directory, Process process, int port) {
        this.directory = directory;
        this.process = process;
        this.port = port;
    }

    /** Where initdb and postgres are, if anywhere. */
    public static Optional<Path> programs() throws IOException {
        List<Path> folders = new ArrayList<>(SearchPath.folders());
        Path debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                versions.sorted(Comparator.reverseOrder()).forEach(version -> folders.add(version.resolve("bin")));
            }
        }
        return folders.stream()
                .filter(folder ->
                        Files.isExecutable(folder.resolve("initdb")) && Files.isExecutable(folder.resolve("postgres")))
                .findFirst();
    }

    /**
     * Starts one with an empty database.
     *
     * @param programs the folder that {@link #programs()} found
     */
    public static PostgresServer start(Path programs) throws IOException {
        Path directory = Files.createTempDirectory("purser-postgres-");
        boolean root = "root".equals(System.getProperty("user.name"));
        if (root) {
            Files.setOwner(
                    directory,
                    directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        }
        Path password = Files.writeString(directory.resolve("password"), ADMIN_PASSWORD);
        password.toFile().setReadable(true, false);
        Path tables = directory.resolve("tables");
        Process init = run(
                directory,
                root,
                List.of(
                        programs.resolve("initdb").toString(),
                        "-D",
                        tables.toString(),
                        "-U",
                        ADMIN,
                        "-A",
                        "scram-sha-256",
                        "--pwfile=" + password,
                        "--no-sync",
                        "-E",
                        "UTF8",
                        "--locale=C"));
        await(init, directory);
        int port = FreePort.next();
        Process server = run(
                directory,
                root,
                List.of(
                        programs.resolve("postgres").toString(),
                        "-D",
                        tables.toString(),
                        "-p",
                        String.valueOf(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "fsync=off"));
        PostgresServer started = new PostgresServer(directory, server, port);
        long begin = System.nanoTime();
        while (!started.accepts(ADMIN, ADMIN_PASSWORD)) {
            if (System.nanoTime() - begin > START.toNanos()) {
                started.close();
                throw new IOException("PostgreSQL did not start");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return started;
    }

    private static Process run(Path directory, boolean root, List<String> command) throws IOException {
        List<String> all = new ArrayList<>();
        if (root) {
            all.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        all.addAll(command);
        return new ProcessBuilder(all)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start();
    }

    private static void await(Process init, Path directory) throws IOException {
        try {
            if (init.waitFor() != 0) {
                throw new IOException("initdb failed: " + Files.readString(directory.resolve("log")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The configuration of Vault's database engine. */
    public String connectionUrl() {
        return "postgresql://{{username}}:{{password}}@127.0.0.1:" + port + "/postgres?sslmode=disable";
    }

    /** The name of the account that may do everything. */
    public String admin() {
        return ADMIN;
    }

    /** Its password. */
    public String adminPassword() {
        return ADMIN_PASSWORD;
    }

    /** Whether an account exists and has this password. */
    public boolean accepts(String user, String password) {
        try (Connection connection = connect(user, password)) {
            return connection.isValid(1);
        } catch (SQLException refused) {
            return false;
        }
    }

    /** A connection by JDBC. */
    public Connection connect(String user, String password) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", user, password);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Folders.remove(directory);
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
