package io.purser.local.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pod's own fields as the downward API shows them. */
final class PodFields {

    private static final Pattern KEYED = Pattern.compile("metadata\\.(annotations|labels)\\['(.+)']");

    private PodFields() {}

    /** The value of a field path; empty where the pod has none. */
    static String value(JsonNode pod, String path) {
        Matcher keyed = KEYED.matcher(path);
        if (keyed.matches()) {
            return pod.path("metadata")
                    .path(keyed.group(1))
                    .path(keyed.group(2))
                    .asText();
        }
        if (path.equals("metadata.annotations") || path.equals("metadata.labels")) {
            return lines(pod.at("/" + path.replace('.', '/')));
        }
        return switch (path) {
            case "status.podIP", "status.hostIP" -> "127.0.0.1";
            case "spec.nodeName" -> "laptop";
            default -> pod.at("/" + path.replace('.', '/')).asText();
        };
    }

    private static String lines(JsonNode map) {
        StringBuilder text = new StringBuilder();
        for (var entry : map.properties()) {
            text.append(entry.getKey()).append('=').append(entry.getValue()).append('\n');
        }
        return text.toString();
    }
}
