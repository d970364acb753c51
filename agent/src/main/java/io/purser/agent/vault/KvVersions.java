package io.purser.agent.vault;

import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import io.purser.agent.lease.SecretValue;
import io.purser.agent.lease.StoreException;
import io.purser.agent.template.source.Secret;
import io.purser.agent.template.source.SecretRequest;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells by a KV secret's metadata whether its data is still what the agent has, so that the data itself need not be read again.
 * Where the token may not read the metadata, that is asked once for each login.
 */
final class KvVersions {

    private static final int FORBIDDEN = 403;

    private final StoreConnection connection;
    private final StoreFaults faults;
    private final KvMounts mounts;
    private final Set<String> withheld = new HashSet<>();

    KvVersions(StoreConnection connection, StoreFaults faults, KvMounts mounts) {
        this.connection = connection;
        this.faults = faults;
        this.mounts = mounts;
    }

    /** There is a new token, which may be allowed more. */
    void loggedIn() {
        withheld.clear();
    }

    /**
     * Whether a read would give what is known.
     *
     * @param path as a template writes it
     * @return false also where only a read can tell
     * @throws StoreException if the store could not be asked, which says nothing about the path
     */
    boolean isCurrent(String path, Secret known, SecretValue token) {
        JsonObject had = object(known.data(), "metadata");
        JsonValue version = had.get("version");
        boolean ends = !had.getString("deletion_time", "").isEmpty(); // nobody tells us when that has come
        if (path.indexOf('?') >= 0 || version == null || ends) {
            return false;
        }
        String plain = StorePath.decode(SecretRequest.trim(path));
        @Nullable KvMount mount = mounts.known(plain);
        @Nullable String metadata = mount == null ? null : mount.metadataPath(plain);
        if (metadata == null || withheld.contains(metadata)) {
            return false;
        }
        Operation operation = new Operation("reading", metadata);
        Answer answer = connection.read(operation, metadata, token);
        if (answer.succeeded()) {
            return answer.object("data")
                    .map(now -> same(had, version.toString(), now))
                    .orElse(false);
        }
        StoreException refused = faults.refused(operation, answer);
        if (refused.kind().concernsTheStore()) {
            throw refused;
        }
        if (answer.status() == FORBIDDEN) {
            withheld.add(metadata);
        }
        return false;
    }

    private static boolean same(JsonObject had, String version, JsonObject now) {
        JsonObject current = object(object(now, "versions"), version);
        return version.equals(String.valueOf(now.get("current_version")))
                && Objects.equals(had.get("created_time"), current.get("created_time"))
                && current.getString("deletion_time", "-").isEmpty()
                && !current.getBoolean("destroyed", true)
                && content(had.get("custom_metadata")).equals(content(now.get("custom_metadata")));
    }

    /** Some versions of the store write null for none, and some leave it out. */
    private static Optional<JsonValue> content(@Nullable JsonValue value) {
        boolean none = value == null
                || value.isNull()
                || (value.isObject() && value.asObject().isEmpty());
        return Optional.ofNullable(none ? null : value);
    }

    private static JsonObject object(@Nullable JsonObject parent, String name) {
        JsonValue value = parent == null ? null : parent.get(name);
        return value != null && value.isObject() ? value.asObject() : new JsonObject();
    }
}
