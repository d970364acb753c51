package io.purser.webhook.plan;

import io.purser.agent.config.FileConfig;
import io.purser.webhook.plan.InjectionPlan.Addition;
import io.purser.webhook.pod.Container;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.ClusterVersion;
import io.purser.webhook.policy.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads which variables of the application come from rendered files. */
final class EnvAnnotations {

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final PodRequest request;
    private final FileSet files;
    private final SecretVolumes volumes;

    private EnvAnnotations(PodRequest request, FileSet files, SecretVolumes volumes) {
        this.request = request;
        this.files = files;
        this.volumes = volumes;
    }

    static List<Addition> read(PodRequest request, Shape shape, FileSet files, SecretVolumes volumes) {
        Map<String, Setting> settings = request.annotations().all(Annotation.ENV);
        if (settings.isEmpty()) {
            return List.of();
        }
        return new EnvAnnotations(request, files, volumes).additions(settings, shape);
    }

    private List<Addition> additions(Map<String, Setting> settings, Shape shape) {
        List<Map<String, Object>> variables = new ArrayList<>();
        settings.forEach((variable, setting) -> {
            checkCluster(setting, shape);
            Map<String, Object> entry = variable(variable, setting);
            if (entry != null) {
                variables.add(entry);
            }
        });
        List<Addition> additions = new ArrayList<>();
        if (!variables.isEmpty()) {
            for (Container container : MountTargets.containers(request)) {
                checkClash(container, settings);
                additions.add(
                        new Addition(false, container.index(), container.env().isEmpty(), variables));
            }
        }
        return additions;
    }

    private void checkCluster(Setting setting, Shape shape) {
        ClusterVersion version = request.settings().shape().clusterVersion();
        if (version == null || !version.atLeast(ClusterVersion.FILE_KEY_REF)) {
            request.violation(
                    setting,
                    version == null
                            ? "the cluster's version is not known to Purser, and a variable from a file needs "
                                    + ClusterVersion.FILE_KEY_REF
                            : "the cluster is " + version + ", and a variable from a file needs "
                                    + ClusterVersion.FILE_KEY_REF,
                    version == null
                            ? "ask the operator to set --cluster-version, or read the file in the application"
                            : "read the file in the application");
        }
        if (!shape.init()) {
            request.violation(
                    setting,
                    "the application starts before its files are there",
                    "leave out " + request.nameOf(Annotation.PRE_POPULATE));
        }
    }

    private @Nullable Map<String, Object> variable(String variable, Setting setting) {
        if (!VARIABLE.matcher(variable).matches()) {
            request.violation(
                    setting,
                    PodRequest.quoted(variable) + " cannot be the name of a variable",
                    "use letters, digits and underscores");
            return null;
        }
        int hash = setting.value().indexOf('#');
        String name = (hash < 0 ? setting.value() : setting.value().substring(0, hash)).trim();
        String key = hash < 0 ? variable : setting.value().substring(hash + 1).trim();
        FileConfig file = files.files().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElse(null);
        if (file == null || !VARIABLE.matcher(key).matches()) {
            request.violation(
                    setting,
                    file == null
                            ? "the pod renders no file " + PodRequest.quoted(name)
                            : PodRequest.quoted(key) + " is no key",
                    "give NAME or NAME#KEY, with NAME as in purser.io/secret-NAME");
            return null;
        }
        if (file.source() instanceof FileConfig.SecretSource secret
                && !secret.format().equals("env")) {
            request.violation(
                    setting,
                    "the file " + name + " is in the format " + secret.format() + ", and a variable needs env",
                    "give purser.io/format-" + name + ": env");
            return null;
        }
        return reference(variable, key, file);
    }

    private Map<String, Object> reference(String variable, String key, FileConfig file) {
        int place = 0;
        for (int i = 0; i < volumes.paths().size(); i++) {
            if (Paths.inside(file.destination(), volumes.paths().get(i))) {
                place = i;
            }
        }
        String path = file.destination().substring(volumes.paths().get(place).length() + 1);
        return Tree.of(
                "name",
                variable,
                "valueFrom",
                Tree.of("fileKeyRef", Tree.of("volumeName", SecretVolumes.name(place), "path", path, "key", key)));
    }

    private void checkClash(Container container, Map<String, Setting> settings) {
        container.env().forEach(variable -> {
            Setting setting = settings.get(variable.name());
            if (setting != null) {
                request.violation(
                        setting,
                        "container " + container.name() + " has the variable " + variable.name() + " already",
                        "leave it out of one of the two");
            }
        });
    }
}
