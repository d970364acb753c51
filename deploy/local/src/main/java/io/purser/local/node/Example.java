package io.purser.local.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.purser.local.cluster.InvalidManifestException;
import io.purser.local.cluster.Manifests;
import io.purser.local.trial.Seeds;
import io.purser.local.trial.TrialException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One of deploy/examples.
 *
 * @param name the folder's
 * @param pod the pod that it is, or that its workload's controller would make
 */
record Example(String name, Path folder, ObjectNode pod) {

    /** All of them, by name. */
    static List<Example> all(Path folder) throws IOException {
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .map(Example::read)
                    .toList();
        }
    }

    private static Example read(Path folder) {
        try {
            Manifests manifests = Manifests.read(List.of(folder));
            return new Example(
                    folder.getFileName().toString(), folder, manifests.pods().get(0));
        } catch (InvalidManifestException | IOException e) {
            throw new NodeException("the example " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Puts what it needs into the store and into the cluster, but the pod, and gives its application's image its name. */
    void prepare(Bao bao, Cluster cluster, Containerd containerd) throws IOException {
        try {
            Seeds.apply(folder.resolve("secrets.json"), bao.root(), Set.of("secret", "kv", "database"));
        } catch (TrialException e) {
            throw new NodeException("the example " + name + " has bad secrets: " + e.getMessage(), e);
        }
        bao.admit(role(), namespace(), account(), Files.readString(folder.resolve("policy.hcl")));
        cluster.namespace(namespace());
        cluster.account(namespace(), account());
        for (String document : Files.readString(folder.resolve("pod.yaml")).split("(?m)^---$", -1)) {
            if (document.contains("kind: ConfigMap")) {
                cluster.apply(document);
            }
        }
        for (JsonNode container : pod.at("/spec/containers")) {
            containerd.tag(Images.APPLICATION, container.path("image").asText());
        }
    }

    private String role() {
        JsonNode annotations = pod.at("/metadata/annotations");
        return annotations
                .path("purser.io/role")
                .asText(annotations.path("vault.hashicorp.com/role").asText());
    }

    private String namespace() {
        return pod.at("/metadata/namespace").asText();
    }

    private String account() {
        return pod.at("/spec/serviceAccountName").asText();
    }
}
