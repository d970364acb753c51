package io.purser.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import io.purser.local.machine.FreePort;
import io.purser.local.store.PostgresServer;
import io.purser.local.store.StoreClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A pod and a real server with file storage, which can be sealed, killed and started again, and a real PostgreSQL behind it. The
 * store's clock is the day's; the agent's runs twenty times as fast, so that it does what is due before the store thinks so.
 */
final class RealFaultBench extends PodUnderTest {

    static final double SPEED = Double.parseDouble(System.getProperty("purser.faults.real.speed", "20"));

    /** A token that nobody took over is gone after this. */
    static final Duration TOKEN_TTL = Duration.ofSeconds(30);

    private final Path program;
    private final Path directory;
    private final PostgresServer postgres;
    private final int port = FreePort.next();
    private final CountingProxy proxy;
    private Process server;
    private StoreClient root;
    private String unsealKey = "";

    RealFaultBench(Path program, Path directory, PostgresServer postgres, double speed) throws Exception {
        super(Files.createDirectories(directory.resolve("pod")), speed);
        this.program = program;
        this.directory = directory;
        this.postgres = postgres;
        this.proxy = CountingProxy.to(URI.create("http://127.0.0.1:" + port));
        this.root = StoreClient.of(URI.create("http://127.0.0.1:" + port), null);
        writeServerConfiguration();
        this.server = launch();
        initialize();
        fill();
    }

    @Override
    URI address() {
        return proxy.address();
    }

    @Override
    StoreClient root() {
        return root;
    }

    @Override
    int requests() {
        return proxy.requests();
    }

    @Override
    String auth() {
        return "{\"method\": \"jwt\", \"mount\": \"cluster\", \"role\": \"web\", \"tokenFile\": \"/token/token\"}";
    }

    private void writeServerConfiguration() throws IOException {
        JsonObject tcp = new JsonObject().add("address", "127.0.0.1:" + port).add("tls_disable", true);
        JsonObject configuration = new JsonObject()
                .add(
                        "storage",
                        new JsonObject()
                                .add(
                                        "file",
                                        new JsonObject()
                                                .add(
                                                        "path",
                                                        directory
                                                                .resolve("data")
                                                                .toString())))
                .add("listener", new JsonArray().add(new JsonObject().add("tcp", tcp)))
                .add("api_addr", URI.create("http://127.0.0.1:" + port).toString())
                .add("disable_mlock", true);
        Files.writeString(directory.resolve("server.json"), configuration.toString());
    }

    private Process launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        program.toString(), "server", "-config=" + directory.resolve("server.json"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("server.log").toFile()));
        builder.environment().put("HOME", directory.toString());
        return builder.start();
    }

    private void initialize() throws IOException {
        JsonObject shares = json("{'secret_shares': 1, 'secret_threshold': 1}");
        await("it can be initialized", () -> root.get("sys/seal-status").status() == 200);
        JsonObject keys = root.mustPut("sys/init", shares).body();
        unsealKey = keys.get("keys").asArray().get(0).asString();
        root = root.as(keys.getString("root_token"));
        unseal();
    }

    private void fill() throws IOException {
        await("the KV engine is there", () -> {
            root.put("sys/mounts/secret", json("{'type': 'kv', 'options': {'version': '2'}}"));
            secret("v1");
            return true;
        });
        root.mustPut("sys/auth/cluster", json("{'type': 'jwt'}"));
        root.mustPut(
                "auth/cluster/config",
                new JsonObject().add("jwt_validation_pubkeys", new JsonArray().add(issuer.publicKeyPem())));
        allowLogin();
        allowRead();
        root.mustPut("sys/mounts/database", json("{'type': 'database'}"));
        root.mustPut(
                "database/config/shop",
                json("{'plugin_name': 'postgresql-database-plugin', 'allowed_roles': ['web']}")
                        .add("connection_url", postgres.connectionUrl())
                        .add("username", postgres.admin())
                        .add("password", postgres.adminPassword()));
        String create = "CREATE ROLE \"{{name}}\" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}'";
        root.mustPut(
                "database/roles/web",
                json("{'db_name': 'shop', 'default_ttl': '20s', 'max_ttl': '60s'}")
                        .add("creation_statements", new JsonArray().add(create)));
    }

    void allowLogin() throws IOException {
        root.mustPut(
                "auth/cluster/role/web",
                json("{'role_type': 'jwt', 'user_claim': 'sub', 'bound_audiences': ['vault'], 'token_policies': ['web'],"
                                + "'token_max_ttl': '2h'}")
                        .add("token_ttl", TOKEN_TTL.toSeconds() + "s"));
    }

    /** One request a minute below a path; those of the test count too. */
    void quota(String path) throws IOException {
        root.mustPut(
                "sys/quotas/rate-limit/" + path.replace('/', '-'),
                json("{'rate': 1, 'interval': '1m'}").add("path", path + "/"));
    }

    void seal() throws IOException {
        root.mustPut("sys/seal", new JsonObject());
    }

    void unseal() throws IOException {
        root.mustPut("sys/unseal", new JsonObject().add("key", unsealKey));
        await("it is active", () -> root.get("sys/health").status() == 200);
    }

    /** SIGKILL to the server. */
    void killServer() throws InterruptedException {
        server.destroyForcibly().waitFor();
    }

    void startServer() throws IOException {
        server = launch();
        await("it listens again", () -> root.get("sys/seal-status").status() == 200);
        unseal();
    }

    /** The accessors of all tokens but the root's. */
    List<String> tokens() throws IOException {
        List<String> accessors = new ArrayList<>();
        for (JsonValue accessor :
                root.list("auth/token/accessors").data().get("keys").asArray()) {
            JsonObject lookup = new JsonObject().add("accessor", accessor.asString());
            String path = root.put("auth/token/lookup-accessor", lookup).data().getString("path", "");
            if (path.startsWith("auth/cluster/")) {
                accessors.add(accessor.asString());
            }
        }
        return accessors;
    }

    @Override
    void revokeTokens() throws IOException {
        for (String accessor : tokens()) {
            root.put("auth/token/revoke-accessor", new JsonObject().add("accessor", accessor));
        }
    }

    int leases() throws IOException {
        JsonValue keys =
                root.list("sys/leases/lookup/database/creds/web").data().get("keys");
        return keys == null ? 0 : keys.asArray().size();
    }

    int roles() throws IOException {
        try (Connection admin = postgres.connect(postgres.admin(), postgres.adminPassword());
                Statement statement = admin.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM pg_roles WHERE rolname LIKE 'v-%'")) {
            result.next();
            return result.getInt(1);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    void assertNothingLeftAtTheStore() throws IOException {
        // The server revokes a token's leases just after it has answered.
        await("no lease and no role is left", () -> leases() == 0 && roles() == 0);
        assertThat(tokens()).as("live tokens").isEmpty();
    }

    /** Whatever the agent was told of or not: it is gone at its end. */
    void assertNothingLeftAtTheEndOfATokensLife() throws IOException {
        await("the last token has ended", () -> tokens().isEmpty() && leases() == 0 && roles() == 0);
    }

    static void await(String what, Condition condition) throws IOException {
        long end = System.nanoTime() + TOKEN_TTL.multipliedBy(2).toNanos();
        IOException last = null;
        while (System.nanoTime() < end) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (IOException e) {
                last = e;
            }
            LockSupport.parkNanos(50_000_000);
        }
        throw new IOException("never: " + what, last);
    }

    static JsonObject json(String text) {
        return Json.parse(text.replace('\'', '"')).asObject();
    }

    @Override
    void close() throws Exception {
        try {
            super.close();
        } finally {
            proxy.close();
            server.destroy();
            if (!server.waitFor(10, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        }
    }
}
