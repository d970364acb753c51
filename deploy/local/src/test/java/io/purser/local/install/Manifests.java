package io.purser.local.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The objects of a stream of YAML documents, with the look-ups that cross references need. */
record Manifests(List<JsonNode> objects) {
    private static final YAMLMapper YAML = new YAMLMapper();

    static Manifests parse(String yaml) throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            while (documents.hasNextValue()) {
                JsonNode document = documents.nextValue();
                if (document != null && document.isObject()) {
                    objects.add(document);
                }
            }
        }
        return new Manifests(List.copyOf(objects));
    }

    /** The one object of the kind; fails when there are none or several. */
    JsonNode only(String kind) {
        List<JsonNode> found = all(kind);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " objects of kind " + kind + " instead of one");
        }
        return found.get(0);
    }

    List<JsonNode> all(String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    JsonNode podTemplate() {
        return only("Deployment").at("/spec/template");
    }

    JsonNode container(String name) {
        return stream(podTemplate().at("/spec/containers"))
                .filter(container -> container.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no container " + name));
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    static String label(JsonNode object) {
        return object.path("kind").asText() + "/" + name(object);
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static List<String> texts(JsonNode array) {
        return stream(array).map(JsonNode::asText).toList();
    }
}
