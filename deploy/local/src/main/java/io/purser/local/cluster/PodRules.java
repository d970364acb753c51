package io.purser.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What an API server refuses in a pod (the rules of its validation that an injection could break). */
final class PodRules {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final int ANNOTATION_BYTES = 256 * 1024;

    private final List<String> violations = new ArrayList<>();

    private PodRules() {}

    /** Every violation, each with the field's path; empty for a pod that would be created. */
    static List<String> violations(JsonNode pod) {
        PodRules rules = new PodRules();
        JsonNode spec = pod.path("spec");
        Set<String> volumes = rules.uniqueNames(spec.path("volumes"), "spec.volumes");
        Set<String> containers = new HashSet<>();
        for (String list : List.of("initContainers", "containers")) {
            int index = 0;
            for (JsonNode container : spec.path(list)) {
                String path = "spec." + list + "[" + index++ + "]";
                if (!containers.add(container.path("name").asText())) {
                    rules.add(path + ".name", "Duplicate value: " + container.path("name"));
                }
                rules.container(container, path, volumes, list.equals("initContainers"));
            }
        }
        if (spec.path("containers").isEmpty()) {
            rules.add("spec.containers", "Required value");
        }
        rules.annotations(pod);
        return rules.violations;
    }

    private void container(JsonNode container, String path, Set<String> volumes, boolean init) {
        if (!LABEL.matcher(container.path("name").asText()).matches()) {
            add(path + ".name", "Invalid value: " + container.path("name"));
        }
        if (container.path("image").asText().isEmpty()) {
            add(path + ".image", "Required value");
        }
        Set<String> places = new HashSet<>();
        for (JsonNode mount : container.path("volumeMounts")) {
            String place = mount.path("mountPath").asText();
            if (place.isEmpty()) {
                add(path + ".volumeMounts.mountPath", "Required value");
            } else if (!places.add(place)) {
                add(path + ".volumeMounts.mountPath", "Invalid value: \"" + place + "\": must be unique");
            }
            if (!volumes.contains(mount.path("name").asText())) {
                add(path + ".volumeMounts.name", "Not found: " + mount.path("name"));
            }
        }
        boolean sidecar = init && container.path("restartPolicy").asText().equals("Always");
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe", "lifecycle")) {
            if (init && !sidecar && container.has(probe)) {
                add(path + "." + probe, "Forbidden: may not be set for init containers without restartPolicy=Always");
            }
        }
    }

    private Set<String> uniqueNames(JsonNode list, String path) {
        Set<String> names = new HashSet<>();
        int index = 0;
        for (JsonNode item : list) {
            String name = item.path("name").asText();
            if (!LABEL.matcher(name).matches()) {
                add(path + "[" + index + "].name", "Invalid value: " + item.path("name"));
            }
            if (!names.add(name)) {
                add(path + "[" + index + "].name", "Duplicate value: \"" + name + "\"");
            }
            if (item.size() > 2) {
                add(path + "[" + index + "]", "Forbidden: may not specify more than 1 volume type");
            }
            index++;
        }
        return names;
    }

    private void annotations(JsonNode pod) {
        long bytes = 0;
        for (var entry : pod.at("/metadata/annotations").properties()) {
            if (!entry.getValue().isTextual()) {
                add("metadata.annotations." + entry.getKey(), "Invalid value: must be a string");
            }
            bytes += entry.getKey().length() + entry.getValue().asText().length();
        }
        if (bytes > ANNOTATION_BYTES) {
            add("metadata.annotations", "Too long: may not be more than " + ANNOTATION_BYTES + " bytes");
        }
    }

    private void add(String path, String problem) {
        violations.add(path + ": " + problem);
    }
}
