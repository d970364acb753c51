package io.purser.local.trial;

import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import io.purser.agent.config.AuthConfig;
import io.purser.certs.authority.CertificateAuthority;
import io.purser.local.cluster.TokenIssuer;
import io.purser.local.store.Disclosures;
import io.purser.local.store.EmbeddedStore;
import io.purser.local.store.StoreClient;
import io.purser.local.trust.TlsContexts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The embedded store, filled for a trial. */
final class EmbeddedTrialStore implements TrialStore {

    private static final String EVERYTHING =
            "path \"*\" { capabilities = [\"create\", \"read\", \"update\", \"list\"] }";

    private final EmbeddedStore store;
    private final StoreClient root;
    private final CertificateAuthority authority;
    private final TokenIssuer issuer;
    private final String policy;
    private final Set<String> mounts = new HashSet<>();
    private final List<String> seeded;

    private EmbeddedTrialStore(
            EmbeddedStore store, StoreClient root, CertificateAuthority authority, TokenIssuer issuer, Filling filling)
            throws TrialException, IOException {
        this.store = store;
        this.root = root;
        this.authority = authority;
        this.issuer = issuer;
        Path rules = filling.policy();
        this.policy = rules == null ? EVERYTHING : Files.readString(rules);
        Path secrets = filling.secrets();
        this.seeded = secrets == null ? List.of() : Seeds.apply(secrets, root);
    }

    /**
     * What goes into the store.
     *
     * @param secrets the seeds, or null for none
     * @param policy what pods may do (HCL), or null for everything
     */
    record Filling(@Nullable Path secrets, @Nullable Path policy) {}

    static EmbeddedTrialStore start(TokenIssuer issuer, Filling filling) throws TrialException, IOException {
        Instant now = Instant.now();
        CertificateAuthority authority = CertificateAuthority.create("try store", Duration.ofDays(1), now);
        EmbeddedStore store = EmbeddedStore.start(EmbeddedStore.Settings.plain()
                .over(TlsContexts.server(authority.issue(List.of("localhost", "127.0.0.1"), Duration.ofDays(1), now))));
        StoreClient root = StoreClient.of(store.address(), TlsContexts.client(authority.certificatePem()))
                .as(store.rootToken());
        try {
            return new EmbeddedTrialStore(store, root, authority, issuer, filling);
        } catch (TrialException | IOException e) {
            store.close();
            throw e;
        }
    }

    @Override
    public URI address() {
        return store.address();
    }

    @Override
    public String caPem() {
        return authority.certificatePem();
    }

    @Override
    public String description() {
        return "embedded, " + address() + ", "
                + (seeded.isEmpty() ? "empty" : "filled with " + String.join(", ", seeded));
    }

    @Override
    public void admit(TokenIssuer.Identity identity, AuthConfig auth) throws TrialException, IOException {
        String mount = auth.mount();
        String role = auth.role();
        boolean jwt = auth.method().equals("jwt");
        if (role == null || !(jwt || auth.method().equals("kubernetes"))) {
            throw TrialException.input("the embedded store knows the auth methods kubernetes and jwt, not "
                    + auth.method() + "; use a real store with --vault");
        }
        if (mounts.add(mount)) {
            JsonArray keys = new JsonArray().add(issuer.publicKeyPem());
            root.mustPut("sys/auth/" + mount, new JsonObject().add("type", auth.method()));
            root.mustPut(
                    "auth/" + mount + "/config",
                    new JsonObject().add(jwt ? "jwt_validation_pubkeys" : "pem_keys", keys));
        }
        String name = identity.namespace() + "-" + role;
        root.mustPut("sys/policies/acl/" + name, new JsonObject().add("policy", policy));
        JsonObject body = new JsonObject()
                .add("token_policies", new JsonArray().add(name))
                .add("token_ttl", "20m")
                .add("token_max_ttl", "24h");
        String audience = auth.audience();
        if (jwt) {
            body.add("role_type", "jwt")
                    .add("user_claim", "sub")
                    .add("bound_audiences", new JsonArray().add(audience == null ? TokenIssuer.ISSUER : audience))
                    .add(
                            "bound_subject",
                            "system:serviceaccount:" + identity.namespace() + ":" + identity.serviceAccount());
        } else {
            body.add("bound_service_account_names", new JsonArray().add(identity.serviceAccount()))
                    .add("bound_service_account_namespaces", new JsonArray().add(identity.namespace()));
            if (audience != null) {
                body.add("audience", audience);
            }
        }
        root.mustPut("auth/" + mount + "/role/" + role, body);
    }

    @Override
    public Set<String> knownValues() {
        return store.disclosures().values();
    }

    @Override
    public @Nullable String obstacle() {
        for (Disclosures.Refused refused : store.disclosures().refused()) {
            String path = refused.path();
            if (refused.status() == 403) {
                return "the pod's policy does not allow " + path + "; allow it in policy.hcl (--policy): path \"" + path
                        + "\" { capabilities = [\"read\"] }";
            }
            String example = path.contains("/data/")
                    ? "{\"data\": {\"data\": {\"password\": \"x\"}}}"
                    : "{\"data\": {\"password\": \"x\"}}";
            return "the store has no secret at " + path
                    + "; put it into secrets.json beside the manifest (or --secrets FILE): {\"" + path + "\": "
                    + example + "}";
        }
        return null;
    }

    @Override
    public @Nullable String rotate() throws IOException {
        for (String path : store.disclosures().reads()) {
            if (path.contains("/creds/") || path.contains("/issue/")) {
                continue; // reading it would make another one
            }
            JsonObject data = root.get(path).data();
            boolean two = data.get("data") instanceof JsonObject;
            JsonObject fields = two ? data.get("data").asObject() : data;
            if (fields.isEmpty()) {
                continue;
            }
            Rotation.change(fields);
            root.mustPut(path, two ? new JsonObject().add("data", fields) : fields);
            return path;
        }
        return null;
    }

    @Override
    public String settle() throws IOException {
        EmbeddedStore.Census end = store.census();
        String given =
                count(end.issuedTokens(), "token") + " and " + count(end.issuedLeases(), "lease") + " were given out, ";
        if (end.liveTokens() == 0 && end.liveLeases() == 0) {
            return given + "all are revoked";
        }
        String left = count(end.liveTokens(), "token") + " and " + count(end.liveLeases(), "lease");
        store.revokeAll();
        EmbeddedStore.Census now = store.census();
        return given + "the agents left " + left + " to their time: revoked now, " + now.liveTokens() + " left";
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    @Override
    public void close() {
        store.close();
    }
}
