package io.purser.local.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The objects of some YAML files: pods, also those that workloads would make, and what their volumes are made of. */
public final class Manifests {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final List<ObjectNode> pods = new ArrayList<>();
    private final Map<String, Map<String, byte[]>> files = new LinkedHashMap<>();

    private Manifests() {}

    /**
     * Reads files, and of each folder all its {@code .yaml} and {@code .yml} files.
     *
     * @throws InvalidManifestException where a file is missing, is no YAML, or there is no pod in any of them
     * @throws IOException where a file cannot be read
     */
    public static Manifests read(List<Path> paths) throws InvalidManifestException, IOException {
        Manifests manifests = new Manifests();
        for (Path path : paths) {
            for (Path file : expand(path)) {
                manifests.readFile(file);
            }
        }
        if (manifests.pods.isEmpty()) {
            throw new InvalidManifestException("there is no pod in " + names(paths)
                    + "; give a file with a Pod, or a workload with a pod template such as a Deployment or a Job");
        }
        return manifests;
    }

    /** The pods, in the order of the files, as they were written. */
    public List<ObjectNode> pods() {
        return pods;
    }

    /** The keys of a ConfigMap or null where the files have none of that name. */
    public @Nullable Map<String, byte[]> configMap(String namespace, String name) {
        return files.get("ConfigMap/" + namespace + "/" + name);
    }

    /** The keys of a Secret, decoded, or null where the files have none of that name. */
    public @Nullable Map<String, byte[]> secret(String namespace, String name) {
        return files.get("Secret/" + namespace + "/" + name);
    }

    private static List<Path> expand(Path path) throws InvalidManifestException, IOException {
        if (Files.isDirectory(path)) {
            try (Stream<Path> entries = Files.list(path)) {
                return entries.filter(file -> file.toString().matches(".*\\.ya?ml"))
                        .sorted()
                        .toList();
            }
        }
        if (!Files.exists(path)) {
            throw new InvalidManifestException("there is no file " + path);
        }
        return List.of(path);
    }

    private void readFile(Path file) throws InvalidManifestException, IOException {
        byte[] text = Files.readAllBytes(file);
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(text)) {
            while (documents.hasNextValue()) {
                JsonNode document = documents.nextValue();
                if (document instanceof ObjectNode object) {
                    add(object);
                } else if (!document.isNull() && !document.isMissingNode()) {
                    throw new InvalidManifestException(file + " is not a Kubernetes manifest: it holds "
                            + (document.isArray() ? "a list" : "a single value") + " where an object is expected");
                }
            }
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new InvalidManifestException(
                    file + " is not YAML" + (line > 0 ? ": line " + line : "") + ": " + firstLine(e));
        }
    }

    private static String firstLine(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        return message == null
                ? "it cannot be parsed"
                : message.lines().findFirst().orElse("it cannot be parsed");
    }

    private void add(ObjectNode object) {
        String kind = object.path("kind").asText();
        switch (kind) {
            case "List" ->
                object.path("items").forEach(item -> {
                    if (item instanceof ObjectNode inner) {
                        add(inner);
                    }
                });
            case "Pod" -> pods.add(object);
            case "ConfigMap", "Secret" ->
                files.put(
                        kind + "/" + namespace(object) + "/"
                                + object.at("/metadata/name").asText(),
                        keys(object));
            case "CronJob" -> addTemplate(object, object.at("/spec/jobTemplate/spec/template"));
            default -> addTemplate(object, object.at("/spec/template"));
        }
    }

    private void addTemplate(ObjectNode workload, JsonNode template) {
        if (!(template instanceof ObjectNode) || !template.has("spec")) {
            return;
        }
        ObjectNode pod = template.deepCopy();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = pod.withObject("/metadata");
        metadata.put("generateName", workload.at("/metadata/name").asText() + "-");
        metadata.put("namespace", namespace(workload));
        pods.add(pod);
    }

    private static Map<String, byte[]> keys(ObjectNode object) {
        Map<String, byte[]> keys = new TreeMap<>();
        boolean secret = object.path("kind").asText().equals("Secret");
        object.path("data").properties().forEach(entry -> {
            String text = entry.getValue().asText();
            keys.put(
                    entry.getKey(),
                    secret ? Base64.getMimeDecoder().decode(text) : text.getBytes(StandardCharsets.UTF_8));
        });
        object.path("binaryData")
                .properties()
                .forEach(entry -> keys.put(
                        entry.getKey(),
                        Base64.getMimeDecoder().decode(entry.getValue().asText())));
        object.path("stringData")
                .properties()
                .forEach(entry ->
                        keys.put(entry.getKey(), entry.getValue().asText().getBytes(StandardCharsets.UTF_8)));
        return keys;
    }

    private static String namespace(ObjectNode object) {
        return object.at("/metadata/namespace").asText("default").isEmpty()
                ? "default"
                : object.at("/metadata/namespace").asText("default");
    }

    private static String names(List<Path> paths) {
        return String.join(", ", paths.stream().map(Path::toString).toList());
    }
}
