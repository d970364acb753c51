package io.purser.local.trial;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import com.bettercloud.vault.json.ParseException;
import io.purser.local.store.StoreClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the embedded store holds, in the format of {@code purser test}: an object from a request ({@code secret/data/web},
 * {@code database/creds/web}, {@code PUT pki/issue/web common_name=...}) to the store's JSON answer. Of an answer only what
 * makes sense to keep is kept: a secret's fields, a lease's duration. The values {@code <a new certificate>} and {@code <its
 * private key>} stand for a pair made on the spot, so that no private key has to lie in a file.
 */
public final class Seeds {

    private final StoreClient root;
    private final Set<String> mounted;
    private final List<String> paths = new ArrayList<>();

    private Seeds(StoreClient root, Set<String> mounted) {
        this.root = root;
        this.mounted = new HashSet<>(mounted);
    }

    /** Fills a store that has the mount {@code secret}; returns the paths. */
    static List<String> apply(Path file, StoreClient root) throws TrialException, IOException {
        return apply(file, root, Set.of("secret"));
    }

    /**
     * Fills a store; a role that is there already is left as it is.
     *
     * @param mounted the mounts that are there
     * @return the paths
     */
    public static List<String> apply(Path file, StoreClient root, Set<String> mounted)
            throws TrialException, IOException {
        if (!Files.exists(file)) {
            throw TrialException.input(
                    "there is no file " + file
                            + "; --secrets takes a JSON object such as {\"secret/data/web\": {\"data\": {\"data\": {\"password\": \"x\"}}}}");
        }
        Seeds seeds = new Seeds(root, mounted);
        try {
            JsonValue all = Json.parse(Files.readString(file));
            for (JsonObject.Member entry : all.asObject()) {
                seeds.add(entry.getName(), entry.getValue());
            }
        } catch (ParseException e) {
            throw TrialException.input(file + " is not JSON: line " + e.getLine() + ", column " + e.getColumn());
        } catch (UnsupportedOperationException e) {
            throw TrialException.input(file + " is not an object from paths to the store's answers");
        }
        return seeds.paths;
    }

    private void add(String request, JsonValue answer) throws TrialException, IOException {
        if (request.startsWith("LIST ") || answer.isNull()) {
            return; // follows from the secrets themselves
        }
        if (!answer.isObject()) {
            throw TrialException.input("the answer for " + request + " is not an object");
        }
        String path = request.startsWith("PUT ") ? request.substring(4).split(" ", 2)[0] : request.split("[?]", 2)[0];
        JsonObject body = answer.asObject();
        String[] parts = path.split("/", -1);
        if (parts.length < 2) {
            throw TrialException.input("the path " + path + " has no mount in front of it, such as secret/data/web");
        }
        int creds = path.indexOf("/creds/");
        int issue = path.indexOf("/issue/");
        if (issue > 0) {
            certificate(path.substring(0, issue), path.substring(issue + "/issue/".length()), body);
        } else if (creds > 0) {
            credentials(path.substring(0, creds), path.substring(creds + "/creds/".length()), body);
        } else if (path.contains("/data/") && isVersionTwo(body)) {
            mount(path.substring(0, path.indexOf("/data/")), "kv", "2");
            JsonObject fields = body.get("data").asObject().get("data").asObject();
            Rotation.makePairs(fields);
            root.mustPut(path, new JsonObject().add("data", fields));
        } else {
            mount(parts[0], "kv", "1");
            root.mustPut(path, body.get("data") instanceof JsonObject fields ? fields : body);
        }
        paths.add(path);
    }

    private static boolean isVersionTwo(JsonObject body) {
        return body.get("data") instanceof JsonObject data && data.get("data") instanceof JsonObject;
    }

    private void credentials(String mount, String role, JsonObject body) throws IOException {
        if (root.get(mount + "/roles/" + role).status() == 200) {
            return;
        }
        mount(mount, "database", "");
        long seconds = body.getLong("lease_duration", 60);
        root.mustPut(
                mount + "/config/made-up",
                new JsonObject().add("plugin_name", "none").add("allowed_roles", new JsonArray().add("*")));
        root.mustPut(
                mount + "/roles/" + role,
                new JsonObject()
                        .add("db_name", "made-up")
                        .add("default_ttl", seconds + "s")
                        .add("max_ttl", seconds * 60 + "s"));
    }

    private void certificate(String mount, String role, JsonObject body) throws IOException {
        if (!mounted.contains(mount)) {
            mount(mount, "pki", "");
            root.mustPut(mount + "/root/generate/internal", new JsonObject().add("common_name", mount + " root"));
        }
        long seconds = body.getLong("lease_duration", 3600);
        root.mustPut(
                mount + "/roles/" + role,
                new JsonObject()
                        .add("allow_any_name", true)
                        .add("key_type", "ec")
                        .add("ttl", seconds + "s"));
    }

    private void mount(String path, String type, String version) throws IOException {
        if (mounted.add(path)) {
            JsonObject body = new JsonObject().add("type", type);
            if (!version.isEmpty()) {
                body.add("options", new JsonObject().add("version", version));
            }
            root.mustPut("sys/mounts/" + path, body);
        }
    }
}
