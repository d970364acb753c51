package io.purser.local.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.purser.local.cluster.InvalidManifestException;
import io.purser.local.cluster.Manifests;
import io.purser.local.machine.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A pod's place on this machine: {@code volumes/NAME}, and a root for each container at {@code containers/NAME}. */
public final class PodSandbox {

    private final Path folder;
    private final ObjectNode pod;
    private final Manifests manifests;
    private final PodVolumes volumes;

    /**
     * A place that is still empty.
     *
     * @param folder where it will be
     * @param pod as admitted
     * @param manifests the ConfigMaps and Secrets around it
     * @param tokens its identity
     */
    public PodSandbox(Path folder, ObjectNode pod, Manifests manifests, PodVolumes.TokenSource tokens) {
        this.folder = folder;
        this.pod = pod;
        this.manifests = manifests;
        this.volumes = new PodVolumes(folder.resolve("volumes"), pod, manifests, tokens);
    }

    /** Its volumes. */
    public PodVolumes volumes() {
        return volumes;
    }

    /** A container's root with its mounts. */
    public ContainerRoot root(JsonNode container) throws IOException {
        Path root = folder.resolve("containers").resolve(container.path("name").asText());
        return ContainerRoot.create(root, container, volumes);
    }

    /** A container's own environment. */
    public Map<String, String> environment(JsonNode container) throws InvalidManifestException {
        return new LinkedHashMap<>(new ContainerEnvironment(pod, manifests, volumes).of(container));
    }

    /** The same for a program that knows nothing of its root: paths below mounts are the real ones. */
    public Map<String, String> environment(JsonNode container, ContainerRoot root) throws InvalidManifestException {
        Map<String, String> environment = environment(container);
        environment.replaceAll((name, value) -> root.resolveIn(value));
        return environment;
    }

    /**
     * A container's command for this machine, with paths below mounts replaced by the real ones; empty where it has none or
     * its program is not here.
     */
    public List<String> command(JsonNode container, ContainerRoot root) {
        List<String> command = new ArrayList<>();
        container.path("command").forEach(word -> command.add(root.resolveIn(word.asText())));
        if (command.isEmpty() || !onThisMachine(command.get(0))) {
            return List.of();
        }
        container.path("args").forEach(word -> command.add(root.resolveIn(word.asText())));
        return command;
    }

    private static boolean onThisMachine(String program) {
        if (program.contains("/")) {
            return Files.isExecutable(Path.of(program));
        }
        return SearchPath.find(program).isPresent();
    }

    /** The names of the volumes that chosen containers mount at given paths. */
    public List<String> volumesAt(List<String> mountPaths, Predicate<JsonNode> chosen) {
        List<String> names = new ArrayList<>();
        for (String list : List.of("initContainers", "containers")) {
            for (JsonNode container : pod.at("/spec/" + list)) {
                for (JsonNode mount : container.path("volumeMounts")) {
                    if (chosen.test(container)
                            && mountPaths.contains(mount.path("mountPath").asText())) {
                        names.add(mount.path("name").asText());
                    }
                }
            }
        }
        return names;
    }
}
