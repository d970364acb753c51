package io.purser.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import io.purser.local.store.EmbeddedStore;
import io.purser.local.store.StoreClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A pod and an embedded store, both on a clock that runs a hundred times as fast; what trouble does is watched here. */
final class FaultBench extends PodUnderTest {

    /** As fast as the day itself with {@code -Pfaults}. */
    static final double FAST = Double.parseDouble(System.getProperty("purser.faults.speed", "100"));

    final FastClock storeClock;
    final EmbeddedStore store;
    final StoreClient root;
    private boolean lostAnswers;

    FaultBench(Path pod) throws IOException {
        this(pod, FAST);
    }

    /** @param speed of the store's clock, and of agents in this JVM */
    FaultBench(Path pod, double speed) throws IOException {
        this(pod, speed, EmbeddedStore.Settings.plain());
    }

    FaultBench(Path pod, double speed, EmbeddedStore.Settings settings) throws IOException {
        super(pod, speed);
        this.storeClock = new FastClock(clock);
        store = EmbeddedStore.start(settings.at(storeClock));
        root = StoreClient.of(store.address(), null).as(store.rootToken());
        fill();
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

    @Override
    URI address() {
        return store.address();
    }

    @Override
    StoreClient root() {
        return root;
    }

    @Override
    int requests() {
        return store.requests().matching("");
    }

    @Override
    void revokeTokens() throws IOException {
        Path state = pod.resolve("state/state.json");
        if (Files.exists(state)) {
            String token = Json.parse(Files.readString(state))
                    .asObject()
                    .get("token")
                    .asObject()
                    .getString("value");
            root.put("auth/token/revoke", new JsonObject().add("token", token));
        }
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

    /**
     * A login whose answer never came leaves a token that nobody knows; it ends with its own life of 20 minutes. In ten
     * minutes there are six tries within the first, and one or two in each that follows.
     */
    void tokensOfLostAnswersMayOutliveUs() {
        assertThat(store.census().liveTokens()).isLessThanOrEqualTo(24);
        lostAnswers = true;
    }

    @Override
    void assertNothingLeftAtTheStore() {
        if (lostAnswers) {
            storeClock.jump(Duration.ofMinutes(21));
        }
        store.passTime();
        assertThat(store.census().liveTokens()).as("live tokens").isZero();
        assertThat(store.census().liveLeases()).as("live leases").isZero();
    }

    @Override
    void close() throws Exception {
        super.close();
        store.close();
    }
}
