package io.purser.agent.run;

import io.purser.agent.config.AgentConfig;
import io.purser.agent.config.AgentConfigException;
import io.purser.agent.config.AgentConfigJson;
import io.purser.agent.config.LogConfig;
import io.purser.agent.lease.SecretStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A pod's file system below a folder, and agents that run in it on a clock sixty times as fast. */
final class AgentBench {

    static final double SPEED = 60;

    private final Path root;
    private final SecretStore store;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private String files = "";
    private String auth = "";
    private String rest = "";
    final int port = freePort();

    AgentBench(Path root, SecretStore store) {
        this.root = root;
        this.store = store;
    }

    /** A running agent. */
    record Running(Ending ending, CompletableFuture<Outcome> outcome) {
        Outcome end() throws Exception {
            ending.ask();
            return outcome.get(20, TimeUnit.SECONDS);
        }
    }

    AgentBench file(String json) {
        files += (files.isEmpty() ? "" : ",") + json.replace('\'', '"');
        return this;
    }

    /** Further members of the configuration's {@code auth}. */
    AgentBench auth(String json) {
        auth += "," + json.replace('\'', '"');
        return this;
    }

    /** Further members of the configuration. */
    AgentBench also(String json) {
        rest += "," + json.replace('\'', '"');
        return this;
    }

    Path write(String path, String text) throws IOException {
        Path file = root.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    String read(String path) throws IOException {
        return Files.readString(root.resolve(path.substring(1)));
    }

    boolean exists(String path) {
        return Files.exists(root.resolve(path.substring(1)));
    }

    Path path(String path) {
        return root.resolve(path.substring(1));
    }

    String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    Outcome once() throws Exception {
        return agent(new Ending()).once(1);
    }

    Running sidecar() throws Exception {
        Ending ending = new Ending();
        Agent agent = agent(ending);
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                outcome.complete(agent.sidecar(2));
            } catch (InterruptedException | RuntimeException e) {
                outcome.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return new Running(ending, outcome);
    }

    static void eventually(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never: " + what);
            }
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
    }

    private Agent agent(Ending ending) throws AgentConfigException {
        MonotonicClock clock = new MonotonicClock(Instant.now(), SPEED);
        EventLog events =
                new EventLog(new LogConfig("debug", "text"), new PrintStream(log, true, StandardCharsets.UTF_8), clock);
        return new Agent(config(), new PodPaths(root), store, new Reporting(events, new AgentMetrics(), clock), ending);
    }

    private AgentConfig config() throws AgentConfigException {
        String lifecycle = rest.contains("\"lifecycle\"") ? "" : ",\"lifecycle\":{\"initDeadline\":\"30s\"}";
        return AgentConfigJson.read("{\"version\":1,\"store\":{\"address\":\"http://vault\"},"
                + "\"auth\":{\"role\":\"web\",\"tokenFile\":\"/token\"" + auth + "},\"files\":[" + files + "],"
                + "\"volumes\":[\"/secrets\"],\"stateDirectory\":\"/state\",\"listener\":{\"port\":" + port + "}"
                + lifecycle + rest + "}");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
