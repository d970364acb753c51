package io.purser.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;

/** What an API server fills in before it asks a webhook: names, the service account and its token, defaults. */
final class PodDefaults {

    /** Where every container finds its service account's token. */
    static final String TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

    private static final long TOKEN_SECONDS = 3607;

    private PodDefaults() {}

    /** A copy of the pod with everything filled in. */
    static ObjectNode fill(ObjectNode pod) {
        ObjectNode filled = pod.deepCopy();
        filled.put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = filled.withObject("/metadata");
        if (metadata.path("name").asText().isEmpty()) {
            String stem = metadata.path("generateName").asText("pod-");
            metadata.put("name", stem + UUID.randomUUID().toString().substring(0, 5));
        }
        if (metadata.path("namespace").asText().isEmpty()) {
            metadata.put("namespace", "default");
        }
        metadata.put("uid", UUID.randomUUID().toString());
        ObjectNode spec = filled.withObject("/spec");
        setIfAbsent(spec, "restartPolicy", "Always");
        setIfAbsent(spec, "dnsPolicy", "ClusterFirst");
        setIfAbsent(spec, "schedulerName", "default-scheduler");
        setIfAbsent(spec, "serviceAccountName", spec.path("serviceAccount").asText("default"));
        spec.put("serviceAccount", spec.path("serviceAccountName").asText());
        for (String list : List.of("initContainers", "containers")) {
            for (JsonNode container : spec.path(list)) {
                container((ObjectNode) container);
            }
        }
        if (spec.path("automountServiceAccountToken").asBoolean(true)) {
            mountToken(spec);
        }
        return filled;
    }

    private static void container(ObjectNode container) {
        setIfAbsent(container, "terminationMessagePath", "/dev/termination-log");
        setIfAbsent(container, "terminationMessagePolicy", "File");
        String image = container.path("image").asText();
        setIfAbsent(container, "imagePullPolicy", image.endsWith(":latest") ? "Always" : "IfNotPresent");
        if (!container.has("resources")) {
            container.putObject("resources");
        }
    }

    private static void mountToken(ObjectNode spec) {
        String volume = "kube-api-access-" + UUID.randomUUID().toString().substring(0, 5);
        boolean used = false;
        for (String list : List.of("initContainers", "containers")) {
            for (JsonNode container : spec.path(list)) {
                used |= mountToken((ObjectNode) container, volume);
            }
        }
        if (used) {
            addVolume(spec, volume);
        }
    }

    private static boolean mountToken(ObjectNode container, String volume) {
        for (JsonNode mount : container.path("volumeMounts")) {
            if (mount.path("mountPath").asText().equals(TOKEN_PATH)) {
                return false;
            }
        }
        container
                .withArray("volumeMounts")
                .addObject()
                .put("name", volume)
                .put("readOnly", true)
                .put("mountPath", TOKEN_PATH);
        return true;
    }

    private static void addVolume(ObjectNode spec, String name) {
        ObjectNode volume = spec.withArray("volumes").addObject().put("name", name);
        ObjectNode projected = volume.putObject("projected").put("defaultMode", 420);
        ArrayNode sources = projected.putArray("sources");
        sources.addObject()
                .putObject("serviceAccountToken")
                .put("expirationSeconds", TOKEN_SECONDS)
                .put("path", "token");
        ObjectNode map = sources.addObject().putObject("configMap").put("name", "kube-root-ca.crt");
        map.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
        ObjectNode item =
                sources.addObject().putObject("downwardAPI").putArray("items").addObject();
        item.put("path", "namespace");
        item.putObject("fieldRef").put("apiVersion", "v1").put("fieldPath", "metadata.namespace");
    }

    private static void setIfAbsent(ObjectNode object, String name, String value) {
        if (!object.has(name)) {
            object.put(name, value);
        }
    }
}
