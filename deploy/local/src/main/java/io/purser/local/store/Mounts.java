package io.purser.local.store;

import com.bettercloud.vault.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is mounted where: secrets engines and, under {@code auth/}, auth methods. */
final class Mounts {

    private final Map<String, Mount> byPath = new TreeMap<>();

    /**
     * One mount.
     *
     * @param path with a slash at its end, auth methods with {@code auth/} before it
     * @param type the engine's or method's type
     * @param options for kv its version
     * @param backend what answers
     */
    record Mount(String path, String type, Map<String, String> options, Backend backend) {

        JsonObject json() {
            JsonObject opts = new JsonObject();
            options.forEach(opts::add);
            return new JsonObject()
                    .add("accessor", type + "_" + Integer.toHexString(path.hashCode()))
                    .add("config", new JsonObject().add("default_lease_ttl", 0).add("max_lease_ttl", 0))
                    .add("description", "")
                    .add("options", opts)
                    .add("type", type);
        }
    }

    void add(Mount mount) {
        if (byPath.containsKey(mount.path())) {
            throw new Refusal(400, "path is already in use at " + mount.path());
        }
        byPath.put(mount.path(), mount);
    }

    void remove(String path) {
        byPath.remove(path);
    }

    @Nullable
    Mount find(String path) {
        Mount found = null;
        String slashed = path.endsWith("/") ? path : path + "/";
        for (Mount mount : byPath.values()) {
            if (slashed.startsWith(mount.path())
                    && (found == null || mount.path().length() > found.path().length())) {
                found = mount;
            }
        }
        return found;
    }

    Iterable<Mount> all() {
        return byPath.values();
    }
}
