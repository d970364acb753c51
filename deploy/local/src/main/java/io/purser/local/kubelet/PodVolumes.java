package io.purser.local.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.purser.local.cluster.InvalidManifestException;
import io.purser.local.cluster.Manifests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pod's volumes as folders. */
public final class PodVolumes {

    private static final int DEFAULT_MODE = 0644;
    private static final int EMPTY_DIR_MODE = 0777;

    private final Path folder;
    private final ObjectNode pod;
    private final Manifests manifests;
    private final TokenSource tokens;
    private final Map<String, AtomicVolume> live = new LinkedHashMap<>();

    /** Signs the pod's tokens. */
    public interface TokenSource {
        /**
         * A token for the pod's service account.
         *
         * @param audience who may accept it, or null for the API server
         * @param seconds how long it is good for
         */
        String token(@Nullable String audience, long seconds) throws IOException;
    }

    /**
     * Volumes that do not exist yet.
     *
     * @param folder where they will be
     * @param pod whose they are
     * @param manifests the ConfigMaps and Secrets that they are made of
     * @param tokens its identity
     */
    public PodVolumes(Path folder, ObjectNode pod, Manifests manifests, TokenSource tokens) {
        this.folder = folder;
        this.pod = pod;
        this.manifests = manifests;
        this.tokens = tokens;
    }

    /** The folder of a volume. */
    public Path path(String name) {
        return folder.resolve(name);
    }

    /**
     * Makes every volume.
     *
     * @throws InvalidManifestException where one needs a ConfigMap or a Secret that the files do not have
     */
    public void create() throws InvalidManifestException, IOException {
        for (JsonNode volume : pod.at("/spec/volumes")) {
            create(volume);
        }
    }

    /**
     * Makes the volumes again that show the pod's own fields, after those have changed.
     *
     * @throws InvalidManifestException as {@link #create()}
     */
    public void refresh() throws InvalidManifestException, IOException {
        for (JsonNode volume : pod.at("/spec/volumes")) {
            AtomicVolume existing = live.get(volume.path("name").asText());
            if (existing != null && (volume.has("downwardAPI") || showsThePod(volume))) {
                existing.write(entries(volume));
            }
        }
    }

    private static boolean showsThePod(JsonNode volume) {
        for (JsonNode source : volume.at("/projected/sources")) {
            if (source.has("downwardAPI")) {
                return true;
            }
        }
        return false;
    }

    private void create(JsonNode volume) throws InvalidManifestException, IOException {
        String name = volume.path("name").asText();
        boolean files =
                volume.has("configMap") || volume.has("secret") || volume.has("projected") || volume.has("downwardAPI");
        if (files) {
            AtomicVolume atomic = new AtomicVolume(path(name));
            atomic.write(entries(volume));
            live.put(name, atomic);
        } else {
            Files.createDirectories(path(name));
            Files.setPosixFilePermissions(path(name), Modes.of(EMPTY_DIR_MODE));
        }
    }

    private Map<String, AtomicVolume.Entry> entries(JsonNode volume) throws InvalidManifestException, IOException {
        Map<String, AtomicVolume.Entry> entries = new LinkedHashMap<>();
        if (volume.has("projected")) {
            int mode = volume.at("/projected/defaultMode").asInt(DEFAULT_MODE);
            for (JsonNode source : volume.at("/projected/sources")) {
                addSource(entries, source, mode);
            }
        } else {
            JsonNode source = volume.has("configMap")
                    ? volume.path("configMap")
                    : volume.has("secret") ? volume.path("secret") : volume.path("downwardAPI");
            addSource(entries, volume, source.path("defaultMode").asInt(DEFAULT_MODE));
        }
        return entries;
    }

    private void addSource(Map<String, AtomicVolume.Entry> entries, JsonNode source, int mode)
            throws InvalidManifestException, IOException {
        if (source.has("serviceAccountToken")) {
            JsonNode asked = source.path("serviceAccountToken");
            String audience = asked.path("audience").asText();
            String token = tokens.token(
                    audience.isEmpty() ? null : audience,
                    asked.path("expirationSeconds").asLong(3600));
            entries.put(
                    asked.path("path").asText(), AtomicVolume.Entry.of(token.getBytes(StandardCharsets.UTF_8), mode));
        }
        if (source.has("configMap")) {
            JsonNode asked = source.path("configMap");
            String name = asked.path("name").asText();
            addKeys(entries, asked, manifests.configMap(namespace(), name), "ConfigMap " + name, mode);
        }
        if (source.has("secret")) {
            JsonNode asked = source.path("secret");
            String name = asked.path("secretName").asText(asked.path("name").asText());
            addKeys(entries, asked, manifests.secret(namespace(), name), "Secret " + name, mode);
        }
        for (JsonNode item : source.at("/downwardAPI/items")) {
            String text = PodFields.value(pod, item.at("/fieldRef/fieldPath").asText());
            entries.put(
                    item.path("path").asText(),
                    AtomicVolume.Entry.of(
                            text.getBytes(StandardCharsets.UTF_8),
                            item.path("mode").asInt(mode)));
        }
    }

    private void addKeys(
            Map<String, AtomicVolume.Entry> entries,
            JsonNode asked,
            @Nullable Map<String, byte[]> keys,
            String what,
            int mode)
            throws InvalidManifestException {
        if (keys == null) {
            if (asked.path("optional").asBoolean() || what.equals("ConfigMap kube-root-ca.crt")) {
                return;
            }
            throw new InvalidManifestException(
                    "the pod " + pod.at("/metadata/name").asText() + " needs the " + what + " in namespace "
                            + namespace() + "; add it to one of the files");
        }
        if (!asked.has("items")) {
            keys.forEach((key, content) -> entries.put(key, AtomicVolume.Entry.of(content, mode)));
            return;
        }
        for (JsonNode item : asked.path("items")) {
            byte[] content = keys.get(item.path("key").asText());
            if (content != null) {
                entries.put(
                        item.path("path").asText(),
                        AtomicVolume.Entry.of(content, item.path("mode").asInt(mode)));
            } else if (!asked.path("optional").asBoolean()) {
                throw new InvalidManifestException(
                        "the " + what + " has no key " + item.path("key").asText() + ", which the pod "
                                + pod.at("/metadata/name").asText() + " needs");
            }
        }
    }

    private String namespace() {
        return pod.at("/metadata/namespace").asText();
    }
}
