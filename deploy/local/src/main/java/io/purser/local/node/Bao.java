package io.purser.local.node;

import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import io.purser.certs.authority.CertificateAuthority;
import io.purser.certs.authority.Leaf;
import io.purser.local.store.PostgresServer;
import io.purser.local.store.StoreClient;
import io.purser.local.trust.TlsContexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A real OpenBao over TLS that asks the API server who a pod is, and makes accounts in a real PostgreSQL. */
final class Bao implements AutoCloseable {

    /** A dynamic credential's lease, and how often it can be prolonged. */
    static final Duration LEASE = Duration.ofSeconds(20);

    static final Duration LONGEST_LEASE = Duration.ofSeconds(60);

    /** The time that a token lives unless it is renewed. */
    static final Duration TOKEN = Duration.ofMinutes(2);

    private static final int PORT = 18200;
    private static final Duration START = Duration.ofSeconds(30);

    private final CertificateAuthority authority =
            CertificateAuthority.create("store", Duration.ofDays(1), Instant.now());
    private final Daemon daemon;
    private final StoreClient root;

    /** Starts it, and unseals it. */
    Bao(Programs programs, Path folder) throws IOException {
        Leaf leaf = authority.issue(List.of(Network.HOST), Duration.ofDays(1), Instant.now());
        Files.writeString(folder.resolve("store.crt"), leaf.certificateChainPem());
        Files.writeString(folder.resolve("store.key"), leaf.privateKeyPem());
        Path configuration = Files.writeString(folder.resolve("store.hcl"), """
                storage "inmem" {}
                listener "tcp" {
                  address = "%1$s:%2$d"
                  tls_cert_file = "%3$s/store.crt"
                  tls_key_file = "%3$s/store.key"
                }
                api_addr = "https://%1$s:%2$d"
                """.formatted(Network.HOST, PORT, folder));
        daemon = Daemon.start("store", folder, List.of(programs.path("bao"), "server", "-config=" + configuration));
        StoreClient anyone = StoreClient.of(address(), TlsContexts.client(caPem()));
        boolean started = false;
        try {
            daemon.await(START, () -> answers(anyone));
            JsonObject made = anyone.mustPut(
                            "sys/init", new JsonObject().add("secret_shares", 1).add("secret_threshold", 1))
                    .body();
            anyone.mustPut(
                    "sys/unseal",
                    new JsonObject().add("key", made.get("keys").asArray().get(0)));
            root = anyone.as(made.getString("root_token"));
            daemon.await(START, () -> isActive(anyone));
            started = true;
        } finally {
            if (!started) {
                daemon.close();
            }
        }
    }

    URI address() {
        return URI.create("https://" + Network.HOST + ":" + PORT);
    }

    String caPem() {
        return authority.certificatePem();
    }

    /** May do everything. */
    StoreClient root() {
        return root;
    }

    /** Lets pods log in: whoever holds {@code reviewer} may ask the API server about tokens. */
    void trust(ControlPlane plane, String reviewer) throws IOException {
        root.mustPut("sys/auth/kubernetes", new JsonObject().add("type", "kubernetes"));
        root.mustPut(
                "auth/kubernetes/config",
                new JsonObject()
                        .add("kubernetes_host", plane.url())
                        .add("kubernetes_ca_cert", plane.caPem())
                        .add("token_reviewer_jwt", reviewer));
    }

    /** Mounts the engines of the examples. */
    void mount(PostgresServer postgres) throws IOException {
        root.mustPut(
                "sys/mounts/secret",
                new JsonObject().add("type", "kv").add("options", new JsonObject().add("version", "2")));
        root.mustPut(
                "sys/mounts/kv",
                new JsonObject().add("type", "kv").add("options", new JsonObject().add("version", "1")));
        root.mustPut("sys/mounts/database", new JsonObject().add("type", "database"));
        root.mustPut(
                "database/config/orders",
                new JsonObject()
                        .add("plugin_name", "postgresql-database-plugin")
                        .add("connection_url", postgres.connectionUrl())
                        .add("username", postgres.admin())
                        .add("password", postgres.adminPassword())
                        .add("allowed_roles", new JsonArray().add("*")));
        root.mustPut(
                "database/roles/orders",
                new JsonObject()
                        .add("db_name", "orders")
                        .add("default_ttl", LEASE.toSeconds() + "s")
                        .add("max_ttl", LONGEST_LEASE.toSeconds() + "s")
                        .add(
                                "creation_statements",
                                new JsonArray()
                                        .add("CREATE ROLE \"{{name}}\" LOGIN PASSWORD '{{password}}'"
                                                + " VALID UNTIL '{{expiration}}'")));
    }

    /** Lets a service account in, by a role and a policy of this name. */
    void admit(String role, String namespace, String account, String policy) throws IOException {
        root.mustPut("sys/policies/acl/" + role, new JsonObject().add("policy", policy));
        root.mustPut(
                "auth/kubernetes/role/" + role,
                new JsonObject()
                        .add("bound_service_account_names", account)
                        .add("bound_service_account_namespaces", namespace)
                        .add("token_policies", role)
                        .add("token_ttl", TOKEN.toSeconds() + "s"));
    }

    /** The tokens that pods hold, each by the name under which it was given out. */
    List<String> tokens() {
        List<String> tokens = new ArrayList<>();
        for (JsonValue accessor : keys("auth/token/accessors")) {
            try {
                String name = root.put(
                                "auth/token/lookup-accessor", new JsonObject().add("accessor", accessor.asString()))
                        .data()
                        .getString("display_name", "ended");
                if (name.startsWith("kubernetes-")) {
                    tokens.add(name);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return tokens;
    }

    /** The leases of database accounts. */
    List<String> leases() {
        List<String> leases = new ArrayList<>();
        keys("sys/leases/lookup/database/creds/orders").forEach(key -> leases.add(key.asString()));
        return leases;
    }

    /** When a lease ends, as the store says it now. */
    Instant endOf(String lease) {
        try {
            JsonObject found = root.put(
                            "sys/leases/lookup", new JsonObject().add("lease_id", "database/creds/orders/" + lease))
                    .data();
            return Instant.parse(found.getString("expire_time", Instant.EPOCH.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonArray keys(String path) {
        try {
            return root.list(path).data().get("keys") instanceof JsonArray keys ? keys : new JsonArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean answers(StoreClient anyone) {
        try {
            return anyone.get("sys/seal-status").status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean isActive(StoreClient anyone) {
        try {
            return anyone.get("sys/health").status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        daemon.close();
    }
}
