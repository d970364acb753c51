package io.purser.agent.vault;

import io.purser.agent.template.source.SecretRequest;
import org.jspecify.annotations.Nullable;

/**
 * Where a path is mounted, and whether that is a KV engine of version 2, which wants {@code data/} or {@code metadata/}
 * after the mount.
 *
 * @param path with its trailing slash, as seen from the agent's namespace
 * @param versioned whether it is KV version 2
 */
record KvMount(String path, boolean versioned) {

    /** Whether a path lies on this mount. */
    boolean holds(String secretPath) {
        return (secretPath + "/").startsWith(path);
    }

    /** The path to read or write, as Vault Agent makes it. */
    String dataPath(String secretPath) {
        if (!versioned) {
            return secretPath;
        }
        String inside = inside(secretPath);
        boolean explicit =
                inside.startsWith("data/") || inside.startsWith("metadata/") || inside.startsWith("subkeys/");
        return explicit ? secretPath : SecretRequest.trim(path + "data/" + inside);
    }

    /** The path of the metadata of what is read there; null where there is none, or where it is what is read. */
    @Nullable
    String metadataPath(String secretPath) {
        String inside = inside(secretPath);
        boolean special = inside.startsWith("metadata/") || inside.startsWith("subkeys/");
        return versioned && !special ? path + "metadata/" + inside.replaceFirst("^data/", "") : null;
    }

    /** The path to list, as Vault Agent makes it. */
    String listPath(String secretPath) {
        if (!versioned || (path + inside(secretPath)).startsWith(path + "metadata")) {
            return secretPath;
        }
        return SecretRequest.trim(path + "metadata/" + inside(secretPath));
    }

    private String inside(String secretPath) {
        return secretPath.length() < path.length() ? "" : secretPath.substring(path.length());
    }
}
