package io.purser.local.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import io.purser.local.cluster.InvalidManifestException;
import io.purser.local.cluster.Manifests;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The environment that a container's {@code env} and {@code envFrom} make. */
final class ContainerEnvironment {

    private final JsonNode pod;
    private final Manifests manifests;
    private final PodVolumes volumes;

    ContainerEnvironment(JsonNode pod, Manifests manifests, PodVolumes volumes) {
        this.pod = pod;
        this.manifests = manifests;
        this.volumes = volumes;
    }

    Map<String, String> of(JsonNode container) throws InvalidManifestException {
        Map<String, String> environment = new LinkedHashMap<>();
        for (JsonNode source : container.path("envFrom")) {
            String prefix = source.path("prefix").asText();
            JsonNode map = source.path("configMapRef");
            JsonNode secret = source.path("secretRef");
            Map<String, byte[]> keys = map.isMissingNode()
                    ? manifests.secret(namespace(), secret.path("name").asText())
                    : manifests.configMap(namespace(), map.path("name").asText());
            if (keys != null) {
                keys.forEach((key, value) -> environment.put(prefix + key, new String(value, StandardCharsets.UTF_8)));
            }
        }
        for (JsonNode variable : container.path("env")) {
            String value = variable.has("value")
                    ? variable.path("value").asText()
                    : reference(variable.path("valueFrom"), container);
            if (value != null) {
                environment.put(variable.path("name").asText(), value);
            }
        }
        return environment;
    }

    private @Nullable String reference(JsonNode from, JsonNode container) throws InvalidManifestException {
        if (from.has("fieldRef")) {
            return PodFields.value(pod, from.at("/fieldRef/fieldPath").asText());
        }
        if (from.has("fileKeyRef")) {
            return FileKeys.read(volumes, from.path("fileKeyRef"));
        }
        JsonNode map = from.path("configMapKeyRef");
        JsonNode secret = from.path("secretKeyRef");
        if (map.isMissingNode() && secret.isMissingNode()) {
            return null;
        }
        JsonNode asked = map.isMissingNode() ? secret : map;
        String name = asked.path("name").asText();
        Map<String, byte[]> keys =
                map.isMissingNode() ? manifests.secret(namespace(), name) : manifests.configMap(namespace(), name);
        byte[] value = keys == null ? null : keys.get(asked.path("key").asText());
        if (value == null) {
            if (asked.path("optional").asBoolean()) {
                return null;
            }
            throw new InvalidManifestException("the container "
                    + container.path("name").asText() + " needs the key "
                    + asked.path("key").asText() + " of " + (map.isMissingNode() ? "Secret " : "ConfigMap ") + name
                    + "; add it to one of the files");
        }
        return new String(value, StandardCharsets.UTF_8);
    }

    private String namespace() {
        return pod.at("/metadata/namespace").asText();
    }
}
