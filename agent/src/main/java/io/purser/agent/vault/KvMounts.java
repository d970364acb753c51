package io.purser.agent.vault;

import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import io.purser.agent.config.StoreConfig;
import io.purser.agent.lease.SecretValue;
import io.purser.agent.lease.StoreException;
import io.purser.agent.template.source.SecretRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the store's mounts. A mount is asked about once, as Vault Agent does, by {@code
 * sys/internal/ui/mounts/PATH}; where the store will not tell, a path is used as it is written.
 */
final class KvMounts {

    private final StoreConnection connection;
    private final StoreFaults faults;
    private final String namespace;
    private final List<KvMount> known = new ArrayList<>();

    KvMounts(StoreConnection connection, StoreFaults faults, StoreConfig store) {
        this.connection = connection;
        this.faults = faults;
        this.namespace = store.namespace() == null ? "" : SecretRequest.trim(store.namespace()) + "/";
    }

    /**
     * The mount that a path lies on.
     *
     * @return a mount that changes no path, if the store does not tell
     * @throws StoreException if the store could not be asked, which says nothing about the path
     */
    KvMount of(String path, @Nullable SecretValue token) {
        KvMount old = known(path);
        if (old != null) {
            return old;
        }
        Optional<KvMount> mount = ask(path, token);
        mount.ifPresent(known::add);
        return mount.orElse(new KvMount("", false));
    }

    /** The mount that a path lies on, as far as the store has told already. */
    @Nullable
    KvMount known(String path) {
        for (KvMount mount : known) {
            if (mount.holds(path)) {
                return mount;
            }
        }
        return null;
    }

    /** A path was not found: maybe its mount has been made anew, as another version. */
    void forget(String path) {
        known.removeIf(mount -> mount.holds(path));
    }

    private Optional<KvMount> ask(String path, @Nullable SecretValue token) {
        String mounts = "sys/internal/ui/mounts/" + path;
        Operation operation = new Operation("reading", mounts);
        Answer answer = connection.read(operation, mounts, token);
        if (!answer.succeeded()) {
            StoreException refused = faults.refused(operation, answer);
            if (refused.kind().concernsTheStore()) {
                throw refused;
            }
            return Optional.empty();
        }
        return answer.object("data").flatMap(this::read);
    }

    private Optional<KvMount> read(JsonObject mount) {
        String path = text(mount.get("path"));
        if (path.isEmpty()) {
            return Optional.empty();
        }
        String seen = path.startsWith(namespace) ? path.substring(namespace.length()) : path;
        JsonValue options = mount.get("options");
        boolean versioned = options != null
                && options.isObject()
                && text(options.asObject().get("version")).equals("2");
        return Optional.of(new KvMount(seen.endsWith("/") ? seen : seen + "/", versioned));
    }

    private static String text(@Nullable JsonValue value) {
        return value != null && value.isString() ? value.asString() : "";
    }
}
