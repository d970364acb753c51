package io.purser.webhook.cli;

import io.purser.agent.config.TemplateFolder;
import io.purser.agent.template.Template;
import io.purser.agent.template.parse.TemplateException;
import io.purser.agent.template.parse.TemplateOptions;
import io.purser.webhook.cli.manifest.ManifestPod;
import io.purser.webhook.cli.manifest.ManifestPods;
import io.purser.webhook.cli.manifest.Nodes;
import io.purser.webhook.cli.manifest.Position;
import io.purser.webhook.cli.manifest.YamlDocument;
import io.purser.webhook.plan.Decision;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.AnnotationSet;
import io.purser.webhook.policy.PolicySet;
import io.purser.webhook.policy.Setting;
import io.purser.webhook.policy.Values;
import io.purser.webhook.policy.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Finds what is wrong with the pods and the templates of manifests. */
final class Linter {

    private final PolicySet policies;
    private final PlannedPod.PodContext context;
    private final List<Finding> findings = new ArrayList<>();

    /** What pods name, and how it is read. */
    private final Map<Named, Set<TemplateOptions>> templates = new HashMap<>();

    /** Which key makes which file, for each list of ConfigMaps whose keys a pod renders to one folder. */
    private final Map<List<Named>, Map<String, String>> made = new LinkedHashMap<>();

    /** @param template a ConfigMap for all of its keys, {@code NAME/KEY} for one */
    private record Named(String namespace, String template) {}

    Linter(PolicySet policies, PlannedPod.PodContext context) {
        this.policies = policies;
        this.context = context;
    }

    /** All findings, in the order of the documents. */
    List<Finding> lint(List<YamlDocument> documents) {
        for (YamlDocument document : documents) {
            ManifestPods.in(document).forEach(this::noteTemplates);
        }
        for (YamlDocument document : documents) {
            ManifestPods.in(document).forEach(pod -> {
                pod(pod);
                findings.addAll(Misplaced.in(pod));
            });
            ManifestPods.objects(document).stream()
                    .filter(object -> Nodes.text(object, "kind").equals("ConfigMap"))
                    .forEach(configMap -> configMap(document, configMap));
        }
        return findings;
    }

    private static List<NodeTuple> annotations(ManifestPod pod) {
        MappingNode annotations = Nodes.mapping(pod.node(), "metadata", "annotations");
        return annotations == null ? List.of() : annotations.getValue();
    }

    private void noteTemplates(ManifestPod pod) {
        String namespace = context.namespaceOf(pod.namespace());
        Map<String, String> texts = new LinkedHashMap<>();
        annotations(pod).forEach(entry -> texts.put(text(entry.getKeyNode()), text(entry.getValueNode())));
        AnnotationSet annotations = new AnnotationSet(texts);
        Setting whole = annotations.get(Annotation.TEMPLATES);
        if (whole != null) {
            List<Named> configMaps = Values.list(whole.value()).stream()
                    .map(name -> new Named(namespace, name))
                    .toList();
            configMaps.forEach(configMap -> note(configMap, TemplateOptions.DEFAULT));
            made.put(configMaps, new HashMap<>());
        }
        annotations.all(Annotation.TEMPLATE_KEY).forEach((name, key) -> {
            String left = textOrNone(annotations.get(Annotation.LEFT_DELIMITER, name));
            String right = textOrNone(annotations.get(Annotation.RIGHT_DELIMITER, name));
            note(new Named(namespace, key.value().strip()), new TemplateOptions(left, right, false));
        });
    }

    private void note(Named template, TemplateOptions options) {
        templates.computeIfAbsent(template, t -> new LinkedHashSet<>()).add(options);
    }

    private static String textOrNone(@Nullable Setting setting) {
        return setting == null ? "" : setting.value();
    }

    private void pod(ManifestPod pod) {
        Decision decision = PlannedPod.of(pod, policies, context).decision();
        if (decision instanceof Decision.Reject reject) {
            for (Violation violation : reject.violations()) {
                NodeTuple at = mentioned(pod, violation.annotation());
                findings.add(new Finding(
                        Finding.Severity.ERROR,
                        reject.reason().word(),
                        position(pod, at),
                        violation.annotation(),
                        pod.title(),
                        violation.toString()));
            }
        }
        for (String warning : decision.warnings()) {
            NodeTuple at = mentioned(pod, warning);
            findings.add(new Finding(
                    Finding.Severity.WARNING,
                    "warning",
                    position(pod, at),
                    at == null ? "" : text(at.getKeyNode()),
                    pod.title(),
                    warning));
        }
    }

    /** The pod's annotation that a text speaks of. */
    private static @Nullable NodeTuple mentioned(ManifestPod pod, String text) {
        NodeTuple found = null;
        for (NodeTuple entry : annotations(pod)) {
            String name = text(entry.getKeyNode());
            if (text.contains(name)
                    && (found == null
                            || name.length() > text(found.getKeyNode()).length())) {
                found = entry;
            }
        }
        return found;
    }

    private static Position position(ManifestPod pod, @Nullable NodeTuple annotation) {
        Node metadata = Nodes.value(pod.node(), "metadata");
        Node at = annotation != null ? annotation.getKeyNode() : metadata != null ? metadata : pod.node();
        return pod.document().positionOf(at);
    }

    private void configMap(YamlDocument document, MappingNode configMap) {
        MappingNode metadata = Nodes.mapping(configMap, "metadata");
        Named name = new Named(context.namespaceOf(Nodes.text(metadata, "namespace")), Nodes.text(metadata, "name"));
        MappingNode data = Nodes.mapping(configMap, "data");
        if (data == null) {
            return;
        }
        for (NodeTuple entry : data.getValue()) {
            String key = text(entry.getKeyNode());
            Place place = new Place(document, "ConfigMap " + name.template(), key);
            clash(place, name, entry.getKeyNode());
            if (entry.getValueNode() instanceof ScalarNode template) {
                for (TemplateOptions options : options(name, key)) {
                    template(place, template, options);
                }
            }
        }
    }

    /** Two keys that make one file: the agent takes neither. */
    private void clash(Place place, Named configMap, Node node) {
        String file = TemplateFolder.fileOf(place.key);
        String origin = configMap.template() + "/" + place.key;
        Set<String> others = new LinkedHashSet<>();
        made.forEach((configMaps, files) -> {
            if (configMaps.contains(configMap)) {
                others.add(files.computeIfAbsent(file, none -> origin));
            }
        });
        others.remove(origin);
        for (String other : others) {
            findings.add(new Finding(
                    Finding.Severity.ERROR,
                    "template-clash",
                    place.document.positionOf(node),
                    place.key,
                    place.object,
                    "it makes the file " + file + ", as " + other + " does; remove or rename one of them"));
        }
    }

    /** In which ways a key is read as a template: in none when it is none. */
    private Set<TemplateOptions> options(Named configMap, String key) {
        Set<TemplateOptions> options = new LinkedHashSet<>(templates.getOrDefault(configMap, Set.of()));
        Named one = new Named(configMap.namespace(), configMap.template() + "/" + key);
        options.addAll(templates.getOrDefault(one, Set.of()));
        boolean named = key.endsWith(".tmpl") || key.endsWith(".ctmpl");
        return options.isEmpty() && named ? Set.of(TemplateOptions.DEFAULT) : options;
    }

    private record Place(YamlDocument document, String object, String key) {}

    private void template(Place place, ScalarNode node, TemplateOptions options) {
        try {
            var unused = Template.parse(place.key, node.getValue(), options);
        } catch (TemplateException e) {
            Position start = place.document.positionOf(node);
            boolean isBlock = node.getScalarStyle() == ScalarStyle.LITERAL;
            findings.add(new Finding(
                    Finding.Severity.ERROR,
                    "template-syntax",
                    isBlock ? new Position(start.source(), start.line() + e.line()) : start,
                    place.key,
                    place.object,
                    place.key + ":" + e.line() + ":" + e.column() + ": " + e.reason()));
        }
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }
}
