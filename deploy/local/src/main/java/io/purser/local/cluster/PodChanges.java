package io.purser.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a webhook has added to a pod, for people. */
final class PodChanges {

    private PodChanges() {}

    /** One line for each kind of addition; empty where the pods are equal. */
    static List<String> between(JsonNode before, JsonNode after) {
        List<String> changes = new ArrayList<>();
        if (before.equals(after)) {
            return changes;
        }
        Map<String, JsonNode> old = containers(before);
        containers(after).forEach((name, container) -> {
            JsonNode was = old.get(name);
            if (was == null) {
                changes.add(kind(after, container) + " " + name);
            } else {
                Set<String> mounts = names(container.path("volumeMounts"), "mountPath");
                mounts.removeAll(names(was.path("volumeMounts"), "mountPath"));
                if (!mounts.isEmpty()) {
                    changes.add("in " + name + ": " + String.join(", ", mounts));
                }
            }
        });
        Set<String> volumes = names(after.at("/spec/volumes"), "name");
        volumes.removeAll(names(before.at("/spec/volumes"), "name"));
        if (!volumes.isEmpty()) {
            changes.add("volumes " + String.join(", ", volumes));
        }
        if (changes.isEmpty()) {
            changes.add("other fields");
        }
        return changes;
    }

    private static String kind(JsonNode pod, JsonNode container) {
        for (JsonNode init : pod.at("/spec/initContainers")) {
            if (init.path("name").equals(container.path("name"))) {
                boolean sidecar = init.path("restartPolicy").asText().equals("Always");
                return sidecar ? "native sidecar" : "init container";
            }
        }
        return "container";
    }

    private static Map<String, JsonNode> containers(JsonNode pod) {
        Map<String, JsonNode> containers = new LinkedHashMap<>();
        for (String list : List.of("initContainers", "containers")) {
            pod.at("/spec/" + list)
                    .forEach(container -> containers.put(container.path("name").asText(), container));
        }
        return containers;
    }

    private static Set<String> names(JsonNode list, String field) {
        Set<String> names = new LinkedHashSet<>();
        list.forEach(item -> names.add(item.path(field).asText()));
        return names;
    }
}
