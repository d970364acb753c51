package io.purser.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.bettercloud.vault.json.JsonObject;
import io.purser.agent.config.AgentConfig;
import io.purser.agent.config.AgentConfigException;
import io.purser.agent.config.AgentConfigJson;
import io.purser.agent.vault.VaultStore;
import io.purser.local.cluster.TokenIssuer;
import io.purser.local.machine.FreePort;
import io.purser.local.store.StoreClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A pod's folder with an application that reads its file all the time, and an agent on a clock that may run fast. */
abstract class PodUnderTest {

    /** A value is long and there twice, so that half a file could not be taken for a whole one. */
    static final String FILLING = "x".repeat(20_000);

    private static final String TEMPLATE =
            "{{ with secret \"secret/web\" }}{{ .Data.data.v }}{{ .Data.data.fill }}{{ .Data.data.v }}{{ end }}";

    final MonotonicClock clock;
    final TokenIssuer issuer = TokenIssuer.create();
    final Path pod;
    private final int port = FreePort.next();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final FileReaderThread reader;
    private boolean started;
    private String moreFiles = "";
    private Ending ending = new Ending();
    private CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    /** @param speed of agents in this JVM */
    PodUnderTest(Path pod, double speed) throws IOException {
        this.pod = pod;
        this.clock = new MonotonicClock(Instant.now(), speed);
        for (String folder : List.of("secrets", "state", "templates", "token")) {
            Files.createDirectories(pod.resolve(folder));
        }
        TokenIssuer.Identity identity = new TokenIssuer.Identity("shop", "web", "web-1", "uid-1");
        Files.writeString(
                pod.resolve("token/token"),
                issuer.sign(identity, List.of("vault"), Duration.ofDays(30), clock.instant()));
        template(TEMPLATE);
        reader = new FileReaderThread(pod.resolve("secrets/web"), Duration.ofMillis(speed > 10 ? 1 : 5));
        reader.start();
    }

    /** Where the agent reaches the store. */
    abstract URI address();

    /** A caller with the root token. */
    abstract StoreClient root();

    /** Requests that the agent made so far. */
    abstract int requests();

    /** Tokens and leases that the agent has at the store, as soon as it has been told of its end. */
    abstract void assertNothingLeftAtTheStore() throws IOException;

    /** Revokes the agent's token, by hand. */
    abstract void revokeTokens() throws IOException;

    /** The agent's auth settings. */
    String auth() {
        return "{\"role\": \"web\", \"tokenFile\": \"/token/token\", \"audience\": \"vault\"}";
    }

    int port() {
        return port;
    }

    void secret(String value) throws IOException {
        root().mustPut(
                        "secret/data/web",
                        new JsonObject()
                                .add("data", new JsonObject().add("v", value).add("fill", FILLING)));
    }

    void policy(String hcl) throws IOException {
        root().mustPut("sys/policies/acl/web", new JsonObject().add("policy", hcl));
    }

    void allowRead() throws IOException {
        policy("path \"secret/data/*\" { capabilities = [\"read\"] }\n"
                + "path \"secret/metadata/*\" { capabilities = [\"read\"] }\n"
                + "path \"database/creds/web\" { capabilities = [\"read\"] }\n");
    }

    void template(String text) throws IOException {
        Path next = Files.writeString(pod.resolve("templates/.next"), text);
        Files.move(
                next,
                pod.resolve("templates/web"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
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
                 "auth": %s,
                 "files": [
                   {"name": "web", "destination": "/secrets/web", "templateFile":
                     {"file": "/templates/web", "origin": "ConfigMap web/web"}},
                   {"name": "db", "destination": "/secrets/db", "template":
                     "{{ with secret \\"database/creds/web\\" }}{{ .Data.username }}:{{ .Data.password }}{{ end }}"},
                   {"name": "lease", "destination": "/secrets/lease", "template":
                     "{{ with secret \\"database/creds/web\\" }}{{ .LeaseID }}{{ end }}"}%s],
                 "volumes": ["/secrets"], "stateDirectory": "/state", "listener": {"port": %d},
                 "refresh": {"interval": "%s"}, "lifecycle": {"initDeadline": "24h"}, "log": {"level": "debug"}}
                """.formatted(address(), auth(), moreFiles, port, interval);
    }

    /** Another file, of a secret that nobody has written. */
    void fileOfNothing(String name) {
        moreFiles += """
                , {"name": "%1$s", "destination": "/secrets/%1$s", "template": "{{ (secret \\"secret/none/%1$s\\").Data }}"}
                """.formatted(name);
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

    boolean written() {
        return !web().isEmpty() && db().contains(":") && !read("secrets/lease").isEmpty();
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
        int before = requests();
        Instant end = clock.instant().plus(span);
        while (clock.instant().isBefore(end)) {
            LockSupport.parkNanos(5_000_000);
        }
        int requests = requests() - before;
        assertThat(requests).as("requests in %s of trouble", span).isLessThanOrEqualTo((int)
                (30 * (span.toSeconds() / 60.0 + 1)));
    }

    /** A condition that may ask the store or read files; an error means: not yet. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException;
    }

    void eventually(String what, Condition condition) {
        Instant end = clock.instant().plus(Duration.ofMinutes(60));
        while (!holds(condition)) {
            assertThat(running())
                    .as("the agent runs while we wait for: " + what)
                    .isTrue();
            assertThat(clock.instant().isBefore(end))
                    .as("within an hour: %s; the log:%n%s", what, log())
                    .isTrue();
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static boolean holds(Condition condition) {
        try {
            return condition.holds();
        } catch (IOException e) {
            return false;
        }
    }

    /** What a new value of the secret, the live credentials and the files must show after any trouble. */
    void assertRecovered(String value) throws IOException {
        secret(value);
        eventually("the file has the new value", () -> web().equals(content(value)));
        eventually("the credentials are in the file", () -> db().contains(":"));
        eventually("the lease of the credentials in the file is alive", this::leaseInTheFileIsAlive);
    }

    private boolean leaseInTheFileIsAlive() throws IOException {
        JsonObject lease = new JsonObject().add("lease_id", read("secrets/lease"));
        return root().put("sys/leases/lookup", lease).status() == 200;
    }

    /** The end of the pod leaves nothing behind, and no reader ever saw half a file. */
    void assertCleanEnd() throws Exception {
        assertThat(end()).isEqualTo(Outcome.DONE);
        assertNothingLeft();
        assertThat(log()).doesNotContain(FILLING.substring(0, 100));
    }

    void assertNothingLeft() throws IOException {
        assertNothingLeftAtTheStore();
        assertThat(reader.broken()).as("half files seen").isEmpty();
    }

    void close() throws Exception {
        if (running() && started) {
            end();
        }
        reader.interrupt();
    }
}
