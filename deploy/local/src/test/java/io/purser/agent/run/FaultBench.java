package io.purser.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import io.purser.agent.config.AgentConfig;
import io.purser.agent.config.AgentConfigException;
import io.purser.agent.config.AgentConfigJson;
import io.purser.agent.vault.VaultStore;
import io.purser.local.cluster.TokenIssuer;
import io.purser.local.store.EmbeddedStore;
import io.purser.local.store.StoreClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** An embedded store and a pod's folder, on a clock that runs a hundred times as fast; what trouble does is watched here. */
final class FaultBench {

    static final double FAST = 100;

    /** A value is long and there twice, so that half a file could not be taken for a whole one. */
    private static final String FILLING = "x".repeat(20_000);

    private static final String TEMPLATE =
            "{{ with secret \"secret/web\" }}{{ .Data.data.v }}{{ .Data.data.fill }}{{ .Data.data.v }}{{ end }}";

    final MonotonicClock clock;
    final FastClock storeClock;
    final TokenIssuer issuer = TokenIssuer.create();
    final EmbeddedStore store;
    final StoreClient root;
    final Path pod;
    private final int port = freePort();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final FileReaderThread reader;
    private boolean started;
    private boolean lostAnswers;
    private Ending ending = new Ending();
    private CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    FaultBench(Path pod) throws IOException {
        this(pod, FAST);
    }

    /** @param speed of the store's clock, and of agents in this JVM */
    FaultBench(Path pod, double speed) throws IOException {
        this(pod, speed, EmbeddedStore.Settings.plain());
    }

    FaultBench(Path pod, double speed, EmbeddedStore.Settings settings) throws IOException {
        this.pod = pod;
        this.clock = new MonotonicClock(Instant.now(), speed);
        this.storeClock = new FastClock(clock);
        store = EmbeddedStore.start(settings.at(storeClock));
        root = StoreClient.of(store.address(), null).as(store.rootToken());
        fill();
        for (String folder : List.of("secrets", "state", "templates", "token")) {
            Files.createDirectories(pod.resolve(folder));
        }
        TokenIssuer.Identity identity = new TokenIssuer.Identity("shop", "web", "web-1", "uid-1");
        Files.writeString(
                pod.resolve("token/token"),
                issuer.sign(identity, List.of("vault"), Duration.ofDays(30), clock.instant()));
        template(TEMPLATE);
        reader = new FileReaderThread(pod.resolve("secrets/web"));
        reader.start();
    }

    private void fill() throws IOException {
        JsonArray keys = new JsonArray().add(issuer.publicKeyPem());
        root.mustPut("sys/auth/kubernetes", new JsonObject().add("type", "kubernetes"));
        root.mustPut("auth/kubernetes/config", new JsonObject().add("pem_keys", keys));
        allowLogin();
        allowRead();
        secret("v1");
        root.mustPut("sys/mounts/database", new JsonObject().add("type", "database"));
        root.mustPut(
                "database/config/shop",
                new JsonObject()
                        .add("plugin_name", "mysql-database-plugin")
                        .add("connection_url", "mysql://{{username}}:{{password}}@db/shop")
                        .add("allowed_roles", new JsonArray().add("web")));
        root.mustPut(
                "database/roles/web",
                new JsonObject()
                        .add("db_name", "shop")
                        .add("creation_statements", new JsonArray().add("CREATE ROLE \"{{name}}\""))
                        .add("default_ttl", "10m")
                        .add("max_ttl", "40m"));
    }

    int port() {
        return port;
    }

    void allowLogin() throws IOException {
        allowLogin("20m", "2h");
    }

    void allowLogin(String ttl, String maxTtl) throws IOException {
        root.mustPut(
                "auth/kubernetes/role/web",
                new JsonObject()
                        .add("bound_service_account_names", new JsonArray().add("web"))
                        .add("bound_service_account_namespaces", new JsonArray().add("shop"))
                        .add("audience", "vault")
                        .add("token_policies", new JsonArray().add("web"))
                        .add("token_ttl", ttl)
                        .add("token_max_ttl", maxTtl));
    }

    void allowRead() throws IOException {
        policy("path \"secret/data/web\" { capabilities = [\"read\"] }\n"
                + "path \"database/creds/web\" { capabilities = [\"read\"] }\n");
    }

    void policy(String hcl) throws IOException {
        root.mustPut("sys/policies/acl/web", new JsonObject().add("policy", hcl));
    }

    void secret(String value) throws IOException {
        root.mustPut(
                "secret/data/web",
                new JsonObject().add("data", new JsonObject().add("v", value).add("fill", FILLING)));
    }

    void template(String text) throws IOException {
        Path next = Files.writeString(pod.resolve("templates/.next"), text);
        Files.move(
                next,
                pod.resolve("templates/web"),
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    static String content(String value) {
        return value + FILLING + value;
    }

    /**
     * The configuration of the pod's agent.
     *
     * @param interval between two reads of the static secret
     */
    String config(String interval) {
        return """
                {"version": 1, "store": {"address": "%s", "timeout": "2s", "maxRetries": 0},
                 "auth": {"role": "web", "tokenFile": "/token/token", "audience": "vault"},
                 "files": [
                   {"name": "web", "destination": "/secrets/web", "templateFile":
                     {"file": "/templates/web", "origin": "ConfigMap web/web"}},
                   {"name": "db", "destination": "/secrets/db", "template":
                     "{{ with secret \\"database/creds/web\\" }}{{ .Data.username }}:{{ .Data.password }}{{ end }}"}],
                 "volumes": ["/secrets"], "stateDirectory": "/state", "listener": {"port": %d},
                 "refresh": {"interval": "%s"}, "lifecycle": {"initDeadline": "24h"}, "log": {"level": "debug"}}
                """.formatted(store.address(), port, interval);
    }

    void start() throws AgentConfigException {
        AgentConfig config = AgentConfigJson.read(config("1m"));
        EventLog events = new EventLog(config.log(), new PrintStream(log, true, StandardCharsets.UTF_8), clock);
        ending = new Ending();
        CompletableFuture<Outcome> result = new CompletableFuture<>();
        outcome = result;
        Agent agent = new Agent(
                config,
                new PodPaths(pod),
                new VaultStore(config.store(), config.auth(), pod),
                new Reporting(events, new AgentMetrics(), clock),
                ending);
        started = true;
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(agent.sidecar(System.nanoTime()));
                    } catch (InterruptedException | RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                },
                "agent");
        thread.setDaemon(true);
        thread.start();
    }

    Ending ending() {
        return ending;
    }

    Outcome end() throws Exception {
        ending.ask();
        return outcome.get(30, TimeUnit.SECONDS);
    }

    boolean running() {
        return !outcome.isDone();
    }

    String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    String web() {
        return read("secrets/web");
    }

    String db() {
        return read("secrets/db");
    }

    private String read(String path) {
        try {
            return Files.readString(pod.resolve(path));
        } catch (IOException e) {
            return "";
        }
    }

    /** Lets time pass, and holds the agent to its budget of requests meanwhile. */
    void troubleFor(Duration span) {
        int before = store.requests().matching("");
        Instant end = clock.instant().plus(span);
        while (clock.instant().isBefore(end)) {
            LockSupport.parkNanos(5_000_000);
        }
        int requests = store.requests().matching("") - before;
        assertThat(requests).as("requests in %s of trouble", span).isLessThanOrEqualTo((int)
                (30 * (span.toSeconds() / 60.0 + 1)));
    }

    void eventually(String what, BooleanSupplier condition) {
        Instant end = clock.instant().plus(Duration.ofMinutes(60));
        while (!condition.getAsBoolean()) {
            assertThat(running())
                    .as("the agent runs while we wait for: " + what)
                    .isTrue();
            assertThat(clock.instant().isBefore(end))
                    .as("within an hour: %s; the log:%n%s", what, log())
                    .isTrue();
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** What a new value of the secret, the live credentials and the files must show after any trouble. */
    void assertRecovered(String value) throws IOException {
        secret(value);
        eventually("the file has the new value", () -> web().equals(content(value)));
        eventually("the credentials in the file are alive", () -> store.census().liveLeases() >= 1);
        eventually("the credentials are in the file", () -> db().contains(":"));
    }

    /** A login whose answer never came leaves a token that nobody knows; it ends with its own life of 20 minutes. */
    void tokensOfLostAnswersMayOutliveUs() {
        assertThat(store.census().liveTokens()).isLessThanOrEqualTo(10);
        lostAnswers = true;
    }

    /** The end of the pod leaves nothing behind, and no reader ever saw half a file. */
    void assertCleanEnd() throws Exception {
        assertThat(end()).isEqualTo(Outcome.DONE);
        assertNothingLeft();
        assertThat(log()).doesNotContain(FILLING.substring(0, 100));
    }

    void assertNothingLeft() {
        if (lostAnswers) {
            storeClock.jump(Duration.ofMinutes(21));
        }
        store.passTime();
        assertThat(store.census().liveTokens()).as("live tokens").isZero();
        assertThat(store.census().liveLeases()).as("live leases").isZero();
        assertThat(reader.broken()).as("half files seen").isEmpty();
    }

    void close() throws Exception {
        if (running() && started) {
            end();
        }
        reader.interrupt();
        store.close();
    }

    /** An application that reads its file all the time. */
    private static final class FileReaderThread extends Thread {
        private final Path file;
        private volatile String broken = "";

        FileReaderThread(Path file) {
            super("application");
            this.file = file;
            setDaemon(true);
        }

        String broken() {
            return broken;
        }

        @Override
        public void run() {
            while (!isInterrupted()) {
                try {
                    String text = Files.readString(file);
                    int cut = text.indexOf('x');
                    boolean whole = cut > 0 && text.equals(content(text.substring(0, cut)));
                    if (!whole && !text.startsWith("plain ")) {
                        broken = "a file of " + text.length() + " characters";
                    }
                } catch (java.nio.file.NoSuchFileException e) {
                    // not there yet
                } catch (IOException e) {
                    broken = e.toString();
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
