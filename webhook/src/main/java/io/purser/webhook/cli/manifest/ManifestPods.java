package io.purser.webhook.cli.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Finds the pods of manifests. */
public final class ManifestPods {

    private static final String[] TEMPLATE = {"spec", "template"};

    /** Where each kind keeps its pod; by group and kind, since other groups have kinds of the same name. */
    private static final Map<String, String[]> PATHS = Map.ofEntries(
            Map.entry("v1/Pod", new String[] {}),
            Map.entry("v1/PodTemplate", new String[] {"template"}),
            Map.entry("v1/ReplicationController", TEMPLATE),
            Map.entry("apps/Deployment", TEMPLATE),
            Map.entry("apps/StatefulSet", TEMPLATE),
            Map.entry("apps/DaemonSet", TEMPLATE),
            Map.entry("apps/ReplicaSet", TEMPLATE),
            Map.entry("batch/Job", TEMPLATE),
            Map.entry("batch/CronJob", new String[] {"spec", "jobTemplate", "spec", "template"}),
            Map.entry("apps.openshift.io/DeploymentConfig", TEMPLATE),
            Map.entry("argoproj.io/Rollout", TEMPLATE));

    private ManifestPods() {}

    /** The pods of a document; several for a List, none for most. */
    public static List<ManifestPod> in(YamlDocument document) {
        List<ManifestPod> pods = new ArrayList<>();
        for (MappingNode object : objects(document)) {
            ManifestPod pod = pod(document, object);
            if (pod != null) {
                pods.add(pod);
            }
        }
        return pods;
    }

    /** The objects of a document: itself, or the items of a List. */
    public static List<MappingNode> objects(YamlDocument document) {
        List<MappingNode> objects = new ArrayList<>();
        if (document.root() != null) {
            collect(document.root(), objects);
        }
        return objects;
    }

    private static void collect(MappingNode object, List<MappingNode> into) {
        if (Nodes.text(object, "kind").endsWith("List") && Nodes.value(object, "items") instanceof SequenceNode items) {
            for (Node item : items.getValue()) {
                if (item instanceof MappingNode inner) {
                    collect(inner, into);
                }
            }
        } else {
            into.add(object);
        }
    }

    private static @Nullable ManifestPod pod(YamlDocument document, MappingNode object) {
        String kind = Nodes.text(object, "kind");
        String apiVersion = Nodes.text(object, "apiVersion");
        int slash = apiVersion.indexOf('/');
        String[] path = PATHS.get((slash < 0 ? apiVersion : apiVersion.substring(0, slash)) + "/" + kind);
        MappingNode pod = path == null ? null : Nodes.mapping(object, path);
        if (path == null || pod == null) {
            return null;
        }
        MappingNode metadata = Nodes.mapping(object, "metadata");
        String name = Nodes.text(metadata, "name");
        return new ManifestPod(
                document,
                object,
                kind,
                name.isEmpty() ? Nodes.text(metadata, "generateName") : name,
                Nodes.text(metadata, "namespace"),
                path.length == 0 ? "" : "/" + String.join("/", path),
                pod);
    }
}
