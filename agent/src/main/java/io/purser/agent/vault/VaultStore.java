package io.purser.agent.vault;

import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import io.purser.agent.config.AuthConfig;
import io.purser.agent.config.ListenerConfig.ProxyConfig;
import io.purser.agent.config.StoreConfig;
import io.purser.agent.lease.AuthToken;
import io.purser.agent.lease.LeaseTerms;
import io.purser.agent.lease.SecretStore;
import io.purser.agent.lease.SecretValue;
import io.purser.agent.lease.StoreException;
import io.purser.agent.template.source.Secret;
import io.purser.agent.template.source.SecretRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Vault and OpenBao. A path is used as Vault Agent uses it: on a KV engine of version 2, {@code secret/x} reads {@code
 * secret/data/x}. {@link #revokeSelf} may be called from any thread, all else from one at a time.
 */
public final class VaultStore implements SecretStore {

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    /**
     * What every way to the store shares.
     *
     * @param tls what to connect with, or null for the runtime's own
     */
    record Parts(StoreConfig store, StoreTls tls) {}

    private final Parts parts;
    private final StoreConnection connection;
    private final StoreFaults faults;
    private final KvMounts mounts;
    private final KvVersions versions;
    private final Login login;

    /** As the other, without notices. */
    public VaultStore(StoreConfig store, AuthConfig auth, Path root) {
        this(store, auth, root, notice -> {});
    }

    /**
     * @param store where it is
     * @param auth how to log in
     * @param root what every absolute path of the configuration is put below: {@code /} in a pod
     * @param notices takes a sentence about each thing that is not as was asked and stops nothing
     */
    public VaultStore(StoreConfig store, AuthConfig auth, Path root, Consumer<String> notices) {
        IdentityFiles files = new IdentityFiles(root);
        this.faults = new StoreFaults(store, auth);
        StoreProxy.route(store);
        this.parts = new Parts(store, new StoreTls(store, auth, files));
        this.connection = new StoreConnection(new Driver(store, parts.tls()), store, faults);
        this.mounts = new KvMounts(connection, faults, store);
        this.versions = new KvVersions(connection, faults, mounts);
        this.login = new Logins(auth, files, connection, faults, notices).configured();
    }

    /** Begins with what the first connection needs, and does not wait. */
    public void prepare() {
        parts.tls().prepare();
    }

    /**
     * Opens the listener through which an application uses the store with the agent's token.
     *
     * @throws IOException if its port is taken
     */
    public LoopbackProxy proxy(ProxyConfig config, LoopbackProxy.Lending lending) throws IOException {
        return new LoopbackProxy(config, parts, lending);
    }

    @Override
    public AuthToken login() {
        AuthToken token = login.attempt();
        versions.loggedIn();
        return token;
    }

    @Override
    public long requests() {
        return connection.requests();
    }

    @Override
    public @Nullable Secret fetch(SecretRequest request, AuthToken token, @Nullable Secret known) {
        boolean current = known != null
                && request instanceof SecretRequest.Read read
                && versions.isCurrent(read.path(), known, token.value());
        return current ? known : fetch(request, token);
    }

    @Override
    public @Nullable Secret fetch(SecretRequest request, AuthToken token) {
        if (request instanceof SecretRequest.Read read) {
            return read(read.path(), token);
        }
        if (request instanceof SecretRequest.ListPath list) {
            return list(list.path(), token);
        }
        if (request instanceof SecretRequest.Write write) {
            String path = SecretRequest.trim(write.path());
            KvMount mount = mounts.of(path, token.value());
            JsonObject parameters = new JsonObject();
            write.parameters().forEach(parameters::add);
            Map<String, Object> body =
                    mount.versioned() ? Map.of("data", parameters) : new TreeMap<>(write.parameters());
            return write(mount.dataPath(path), body, token);
        }
        SecretRequest.PkiCert certificate = (SecretRequest.PkiCert) request;
        return write(SecretRequest.trim(certificate.path()), new TreeMap<>(certificate.parameters()), token);
    }

    @Override
    public AuthToken renewToken(AuthToken token) {
        Operation operation = new Operation("renewing", "the agent's token");
        Answer answer = connection.write(operation, "auth/token/renew-self", Map.of(), token.value());
        JsonObject renewed = succeeded(operation, answer, token)
                .object("auth")
                .orElseThrow(() -> faults.malformed(operation, "does not say how long it lives"));
        return new AuthToken(
                token.value(),
                token.accessor(),
                seconds(renewed.get("lease_duration")),
                renewed.getBoolean("renewable", false),
                token.revocable());
    }

    @Override
    public LeaseTerms renewLease(String leaseId, Duration increment, AuthToken token) {
        Operation operation = new Operation("renewing the lease", leaseId);
        Map<String, Object> body = Map.of("lease_id", leaseId, "increment", increment.toSeconds());
        // Not the driver's own renew: it calls sys/renew, which OpenBao has removed.
        Answer answer = connection.write(operation, "sys/leases/renew", body, token.value());
        JsonObject lease = succeeded(operation, answer, token)
                .json()
                .orElseThrow(() -> faults.malformed(operation, "does not say how long it lives"));
        return new LeaseTerms(leaseId, seconds(lease.get("lease_duration")), lease.getBoolean("renewable", false));
    }

    @Override
    public void revokeLease(String leaseId, AuthToken token) {
        Operation operation = new Operation("revoking the lease", leaseId);
        Answer answer = connection.write(operation, "sys/leases/revoke", Map.of("lease_id", leaseId), token.value());
        if (!answer.succeeded()) {
            throw faults.refused(operation, answer);
        }
    }

    @Override
    public void revokeSelf(AuthToken token) {
        Operation operation = new Operation("revoking", "the agent's token");
        Answer answer = connection.write(operation, "auth/token/revoke-self", Map.of(), token.value());
        boolean gone = answer.succeeded() || (answer.status() == FORBIDDEN && isDead(answer, token.value()));
        if (!gone) {
            throw faults.refused(operation, answer);
        }
    }

    private @Nullable Secret read(String path, AuthToken token) {
        int mark = path.indexOf('?');
        String query = mark < 0 ? "" : path.substring(mark);
        String plain = StorePath.decode(SecretRequest.trim(mark < 0 ? path : path.substring(0, mark)));
        String target = mounts.of(plain, token.value()).dataPath(plain);
        Operation operation = new Operation("reading", target + query);
        Answer answer = connection.read(operation, target, query, token.value());
        if (answer.status() == NOT_FOUND) {
            mounts.forget(plain);
            return foundAfterAll(operation, answer);
        }
        return secret(operation, succeeded(operation, answer, token));
    }

    private @Nullable Secret list(String path, AuthToken token) {
        String plain = SecretRequest.trim(path);
        String target = mounts.of(plain, token.value()).listPath(plain);
        Operation operation = new Operation("listing", target);
        Answer answer = connection.list(operation, target, token.value());
        return answer.status() == NOT_FOUND ? null : secret(operation, succeeded(operation, answer, token));
    }

    private @Nullable Secret write(String path, Map<String, Object> body, AuthToken token) {
        Operation operation = new Operation("writing", path);
        return secret(operation, succeeded(operation, connection.write(operation, path, body, token.value()), token));
    }

    private @Nullable Secret secret(Operation operation, Answer answer) {
        return answer.isEmpty()
                ? null
                : Secret.of(answer.json().orElseThrow(() -> faults.malformed(operation, "is cut off or is no JSON")));
    }

    /** Some answers of status 404 are answers all the same; that of a deleted version says that it is one. */
    private Secret foundAfterAll(Operation operation, Answer answer) {
        JsonObject data = answer.object("data").orElse(new JsonObject());
        if (data.get("metadata") != null) {
            throw faults.deleted(operation);
        }
        if (data.isEmpty()) {
            throw faults.refused(operation, answer);
        }
        return Secret.of(answer.json().orElseThrow());
    }

    private Answer succeeded(Operation operation, Answer answer, AuthToken token) {
        if (answer.succeeded()) {
            return answer;
        }
        if (answer.status() == FORBIDDEN && isDead(answer, token.value())) {
            throw faults.tokenDead(operation);
        }
        throw faults.refused(operation, answer);
    }

    /**
     * The store answers 403 to a dead token as to a denied path. Asked about the token itself, it tells them apart; where the
     * token may not even do that (it is without the policy {@code default}), asked for the mounts in its sight, which every
     * token may.
     */
    private boolean isDead(Answer answer, SecretValue token) {
        if (String.join(" ", answer.errors()).contains("invalid token")) {
            return true;
        }
        try {
            return isForbidden("auth/token/lookup-self", token) && isForbidden("sys/internal/ui/mounts", token);
        } catch (StoreException e) {
            return false; // the store has gone away meanwhile; the next request shows what holds
        }
    }

    private boolean isForbidden(String path, SecretValue token) {
        Operation lookup = new Operation("looking up", "the agent's token");
        return connection.read(lookup, path, token).status() == FORBIDDEN;
    }

    private static Duration seconds(@Nullable JsonValue value) {
        return value != null && value.isNumber() ? Duration.ofSeconds((long) value.asDouble()) : Duration.ZERO;
    }
}
