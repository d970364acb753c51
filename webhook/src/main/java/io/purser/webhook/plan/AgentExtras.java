package io.purser.webhook.plan;

import io.purser.webhook.pod.Container;
import io.purser.webhook.pod.EnvVar;
import io.purser.webhook.pod.Mount;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a pod gives its agent besides: volumes of its own, mounts of other containers, variables.
 *
 * @param volumes volumes to add to the pod
 * @param mounts mounts of the agent's containers
 * @param env variables of the agent's containers
 * @param configDirectory where the user's own configuration of Vault's agent is, or null
 */
record AgentExtras(
        List<Map<String, Object>> volumes,
        List<Map<String, Object>> mounts,
        List<Map<String, Object>> env,
        @Nullable String configDirectory) {

    private static final String CONFIG_PATH = "/vault/configs";
    private static final Set<String> AWS_VARIABLES =
            Set.of("AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_DEFAULT_REGION", "AWS_REGION");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    static AgentExtras read(PodRequest request) {
        Reading reading = new Reading(request, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        reading.named(Annotation.EXTRA_SECRET, "purser-extra-secret", "/vault/custom");
        reading.named(Annotation.TLS_SECRET, "purser-tls", "/vault/tls");
        boolean configuration = reading.configMap();
        reading.copiedMounts();
        reading.forAws();
        reading.processors();
        return new AgentExtras(reading.volumes, reading.mounts, reading.env, configuration ? CONFIG_PATH : null);
    }

    private record Reading(
            PodRequest request,
            List<Map<String, Object>> volumes,
            List<Map<String, Object>> mounts,
            List<Map<String, Object>> env) {

        private void named(Annotation annotation, String volume, String path) {
            String secret = objectName(annotation, "Secret");
            if (secret != null) {
                volumes.add(Tree.of("name", volume, "secret", Tree.of("secretName", secret)));
                mounts.add(Tree.mount(volume, path, true));
            }
        }

        private boolean configMap() {
            String name = objectName(Annotation.CONFIGMAP, "ConfigMap");
            if (name == null) {
                return false;
            }
            volumes.add(Tree.of("name", "purser-vault-config", "configMap", Tree.of("name", name)));
            mounts.add(Tree.mount("purser-vault-config", CONFIG_PATH, true));
            return true;
        }

        private @Nullable String objectName(Annotation annotation, String kind) {
            String name = request.textOrNull(annotation);
            if (name != null && !NAME.matcher(name).matches()) {
                request.violation(
                        annotation,
                        PodRequest.quoted(name) + " cannot be the name of a " + kind,
                        "give lower-case letters, digits, dashes and dots");
                return null;
            }
            return name;
        }

        /** Mounts of a service account's token are not copied: the agent has its own. */
        private void copiedMounts() {
            String name = request.textOrNull(Annotation.COPY_VOLUME_MOUNTS);
            if (name == null) {
                return;
            }
            List<Container> sources = request.pod().allContainers().stream()
                    .filter(c -> c.name().equals(name))
                    .toList();
            if (sources.isEmpty()) {
                request.warning("annotation " + request.nameOf(Annotation.COPY_VOLUME_MOUNTS)
                        + " names no container of the pod: " + name);
            }
            for (Container source : sources) {
                for (Mount mount : source.mounts()) {
                    if (!mount.path().toLowerCase(Locale.ROOT).contains("serviceaccount")) {
                        mounts.add(copy(mount));
                    }
                }
            }
        }

        private static Map<String, Object> copy(Mount mount) {
            return Tree.of(
                    "name", mount.volume(),
                    "mountPath", mount.path(),
                    "readOnly", mount.readOnly() ? true : null,
                    "subPath", mount.subPath(),
                    "subPathExpr", mount.subPathExpr(),
                    "mountPropagation", mount.propagation(),
                    "recursiveReadOnly", mount.recursiveReadOnly());
        }

        /** A pod with an IAM role for its service account gives the agent its token and variables. */
        private void forAws() {
            if (!AuthAnnotations.method(request).equals(AuthAnnotations.AWS)) {
                return;
            }
            Map<String, String> variables = new LinkedHashMap<>();
            Mount token = null;
            for (Container container : request.pod().containers()) {
                for (Mount mount : container.mounts()) {
                    if (token == null && mount.path().contains("eks.amazonaws.com")) {
                        token = mount;
                    }
                }
                for (EnvVar variable : container.env()) {
                    if (AWS_VARIABLES.contains(variable.name())) {
                        variables.putIfAbsent(variable.name(), variable.value() == null ? "" : variable.value());
                    }
                }
            }
            Setting region = request.annotations().get(Annotation.AUTH_PARAMETER, "region");
            if (region != null) {
                variables.put("AWS_REGION", region.value());
            }
            if (token != null) {
                mounts.add(Tree.mount(token.volume(), token.path(), true));
            }
            variables.forEach((name, value) -> env.add(Tree.of("name", name, "value", value)));
        }

        /** Vault's agent reads GOMAXPROCS; a Java program is told by an option of its runtime. */
        private void processors() {
            Long processors = request.number(Annotation.GO_MAX_PROCS, null, PodRequest.Range.COUNT);
            if (processors != null && processors > 0) {
                env.add(Tree.of("name", "GOMAXPROCS", "value", processors.toString()));
                env.add(Tree.of("name", "JAVA_TOOL_OPTIONS", "value", "-XX:ActiveProcessorCount=" + processors));
            }
        }
    }
}
