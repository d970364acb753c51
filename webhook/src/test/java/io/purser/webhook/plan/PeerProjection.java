package io.purser.webhook.plan;

import io.purser.agent.config.AgentConfig;
import io.purser.agent.config.AgentConfigException;
import io.purser.agent.config.AgentConfigJson;
import io.purser.agent.config.FileConfig;
import io.purser.webhook.pod.JsonTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Says of an injected pod what the cases say of the peer's, free of the names that each injector chooses. */
final class PeerProjection {

    private static final Set<String> EVERY_AGENT_HAS =
            Set.of("NAMESPACE", "HOST_IP", "POD_IP", "PURSER_CONFIG", "GOMAXPROCS", "JAVA_TOOL_OPTIONS");
    private static final Set<String> METHODS_OF_VAULT_ALONE = Set.of("aws", "azure");
    private static final Set<String> OWN_FIELDS =
            Set.of("name", "image", "command", "args", "env", "resources", "volumeMounts", "securityContext");

    private final PatchedPod pod;

    private PeerProjection(PatchedPod pod) {
        this.pod = pod;
    }

    static Map<String, Object> of(PatchedPod pod) {
        Map<String, Object> projection = new LinkedHashMap<>();
        if (!(pod.decision() instanceof Decision.Inject)) {
            projection.put("injected", false);
            return projection;
        }
        return new PeerProjection(pod).project();
    }

    private Map<String, Object> project() {
        Map<?, ?> init = pod.agent("initContainers");
        Map<?, ?> sidecar = pod.agent("containers");
        List<Map<?, ?>> inits = pod.containers(pod.after(), "initContainers");
        Map<String, Object> projection = new LinkedHashMap<>();
        projection.put("injected", true);
        projection.put("agentInit", init != null);
        projection.put("agentSidecar", sidecar != null);
        projection.put("agentInitIsFirst", init == null ? null : inits.get(0) == init);
        projection.put(
                "initOrder",
                init == null
                        ? null
                        : inits.stream()
                                .map(c -> c == init ? "<agent>" : c.get("name"))
                                .toList());
        projection.put("appContainers", own("containers"));
        projection.put("appInitContainers", own("initContainers"));
        projection.put(
                "agentContainers", both(init == null ? null : agent(init), sidecar == null ? null : agent(sidecar)));
        projection.put("podShareProcessNamespace", ((Map<?, ?>) pod.after().get("spec")).get("shareProcessNamespace"));
        projection.put(
                "agentConfig",
                both(init == null ? null : config(init, true), sidecar == null ? null : config(sidecar, false)));
        projection.put("statusRecorded", statusRecorded());
        projection.put("restOfPodUntouched", restUntouched());
        return projection;
    }

    private static Map<String, Object> both(Object init, Object sidecar) {
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("init", init);
        both.put("sidecar", sidecar);
        return both;
    }

    private List<Object> own(String list) {
        List<Object> own = new ArrayList<>();
        for (Map<?, ?> before : pod.containers(pod.before(), list)) {
            Map<?, ?> after = pod.containers(pod.after(), list).stream()
                    .filter(c -> c.get("name").equals(before.get("name")))
                    .findFirst()
                    .orElseThrow();
            List<Object> mounts = new ArrayList<>();
            for (Map<?, ?> mount : sorted(PatchedPod.added(before, after, "volumeMounts"))) {
                Map<?, ?> volume = pod.volume(Trees.text(mount, "name"));
                mounts.add(Tree.of(
                        "path", mount.get("mountPath"),
                        "readOnly", Boolean.TRUE.equals(mount.get("readOnly")),
                        "medium", ((Map<?, ?>) volume.get("emptyDir")).get("medium"),
                        "sharedWith", sharers(mount.get("name"))));
            }
            own.add(Tree.of(
                    "name", before.get("name"),
                    "secretMounts", mounts,
                    "envAdded", PatchedPod.added(before, after, "env")));
        }
        return own;
    }

    private List<String> sharers(Object volume) {
        List<String> sharers = new ArrayList<>();
        if (mounts(pod.agent("initContainers"), volume)) {
            sharers.add("init");
        }
        if (mounts(pod.agent("containers"), volume)) {
            sharers.add("sidecar");
        }
        return sharers;
    }

    private static boolean mounts(Map<?, ?> container, Object volume) {
        return container != null
                && Trees.objects(container.get("volumeMounts")).stream()
                        .anyMatch(mount -> mount.get("name").equals(volume));
    }

    private static List<Map<?, ?>> sorted(List<Map<?, ?>> mounts) {
        List<Map<?, ?>> sorted = new ArrayList<>(mounts);
        sorted.sort(Comparator.comparing(mount -> Trees.text(mount, "mountPath")));
        return sorted;
    }

    private Map<String, Object> agent(Map<?, ?> container) {
        AgentConfig config = read(container);
        Map<?, ?> resources = object(container, "resources");
        Map<?, ?> requests = object(resources, "requests");
        Map<?, ?> limits = object(resources, "limits");
        Map<?, ?> security = object(container, "securityContext");
        boolean sidecar = container == pod.agent("containers");
        Map<String, Object> agent = new LinkedHashMap<>();
        agent.put("image", container.get("image"));
        agent.put("cpuRequest", requests.get("cpu"));
        agent.put("memRequest", requests.get("memory"));
        agent.put("ephemeralRequest", requests.get("ephemeral-storage"));
        agent.put("cpuLimit", limits.get("cpu"));
        agent.put("memLimit", limits.get("memory"));
        agent.put("ephemeralLimit", limits.get("ephemeral-storage"));
        agent.put("securityContextSet", !security.isEmpty());
        for (String field : List.of(
                "runAsUser", "runAsGroup", "runAsNonRoot", "readOnlyRootFilesystem", "allowPrivilegeEscalation")) {
            agent.put(field, security.get(field));
        }
        agent.put("seccompProfile", security.get("seccompProfile"));
        Object dropped = object(security, "capabilities").get("drop");
        agent.put("capabilitiesDropped", dropped == null ? List.of() : dropped);
        agent.put("preStop", sidecar ? preStop(config) : null);
        agent.put("secretMountPaths", mountPaths(container));
        agent.put("extraMounts", extraMounts(container));
        agent.put("runtime", runtime(container, config));
        agent.put("otherEnv", otherEnv(container));
        Map<String, Object> others = Tree.copyOf(container);
        others.keySet().removeAll(OWN_FIELDS);
        agent.put("otherFields", others);
        String usual = sidecar ? AgentContainers.SIDECAR : AgentContainers.INIT;
        if (!usual.equals(container.get("name"))) {
            agent.put("renamedTo", container.get("name"));
        }
        return agent;
    }

    /** The peer revokes in a hook; our agent does it itself. */
    private static Map<String, Object> preStop(AgentConfig config) {
        if (!config.lifecycle().revokeOnShutdown()) {
            return null;
        }
        Map<String, Object> hook = new LinkedHashMap<>();
        hook.put("revokesOwnToken", true);
        hook.put("graceSeconds", config.lifecycle().revokeDelay().toSeconds());
        hook.put("vaultAddress", config.store().address());
        hook.put("caCert", config.store().tls().caFile());
        hook.put("clientCert", config.store().tls().clientCertificateFile());
        hook.put("clientKey", config.store().tls().clientKeyFile());
        return hook;
    }

    private static boolean isSecretVolume(Map<?, ?> mount) {
        return Trees.text(mount, "name").startsWith("purser-secrets");
    }

    private static List<Object> mountPaths(Map<?, ?> container) {
        List<Object> paths = new ArrayList<>();
        sorted(Trees.objects(container.get("volumeMounts"))).stream()
                .filter(PeerProjection::isSecretVolume)
                .forEach(mount -> paths.add(mount.get("mountPath")));
        return paths;
    }

    private List<Object> extraMounts(Map<?, ?> container) {
        List<Object> extras = new ArrayList<>();
        for (Map<?, ?> mount : sorted(Trees.objects(container.get("volumeMounts")))) {
            String name = Trees.text(mount, "name");
            if (isSecretVolume(mount) || name.equals("purser-state") || name.equals("purser-podinfo")) {
                continue;
            }
            extras.add(Tree.of(
                    "path", mount.get("mountPath"),
                    "readOnly", Boolean.TRUE.equals(mount.get("readOnly")),
                    "from", origin(pod.volume(name)),
                    "subPath", mount.get("subPath")));
        }
        return extras;
    }

    private static Map<String, Object> origin(Map<?, ?> volume) {
        String name = Trees.text(volume, "name");
        if (!name.startsWith("purser-")) {
            return Tree.of("volume", name);
        }
        return volume.get("configMap") instanceof Map<?, ?> configMap
                ? Tree.of("configMap", configMap.get("name"))
                : Tree.of("secret", object(volume, "secret").get("secretName"));
    }

    private static Map<String, Object> runtime(Map<?, ?> container, AgentConfig config) {
        Map<String, Object> runtime = new LinkedHashMap<>();
        runtime.put("logLevel", config.log().level());
        runtime.put("logFormat", config.log().format());
        runtime.put("clientTimeout", config.store().timeout().toSeconds() + "s");
        runtime.put("clientMaxRetries", Integer.toString(config.store().maxRetries()));
        runtime.put("goMaxProcs", variables(container).get("GOMAXPROCS"));
        runtime.put("httpsProxy", config.store().proxy());
        runtime.put("caCertPem", config.store().tls().caPem());
        return runtime;
    }

    private static Map<String, Object> variables(Map<?, ?> container) {
        Map<String, Object> variables = new TreeMap<>();
        for (Map<?, ?> variable : Trees.objects(container.get("env"))) {
            variables.put(Trees.text(variable, "name"), variable.get("value"));
        }
        return variables;
    }

    private static Map<String, Object> otherEnv(Map<?, ?> container) {
        Map<String, Object> variables = variables(container);
        variables.keySet().removeAll(EVERY_AGENT_HAS);
        return variables;
    }

    /** What the container's variable says, read as the agent reads it. */
    private AgentConfig read(Map<?, ?> container) {
        AgentConfig planned = ((Decision.Inject) pod.decision()).plan().config();
        if (METHODS_OF_VAULT_ALONE.contains(planned.auth().method())) {
            return planned; // our agent refuses it, and says so; the pod is warned at admission
        }
        try {
            return AgentConfigJson.read(String.valueOf(variables(container).get("PURSER_CONFIG")));
        } catch (AgentConfigException e) {
            throw new AssertionError("the agent would not take its configuration: " + e.getMessage(), e);
        }
    }

    private Map<String, Object> config(Map<?, ?> container, boolean init) {
        AgentConfig config = read(container);
        if (config.vaultAgent() != null && config.vaultAgent().configDirectory() != null) {
            return Tree.of(
                    "fromConfigMap",
                    Tree.of(
                            "file",
                            init ? "config-init.hcl" : "config.hcl",
                            "mountedAt",
                            config.vaultAgent().configDirectory()));
        }
        Map<String, Object> projected = new LinkedHashMap<>();
        projected.put("vaultAddress", config.store().address());
        projected.put("vaultNamespace", config.store().namespace());
        projected.put("tls", tls(config));
        projected.put("auth", auth(config));
        projected.put("exitAfterAuth", init);
        projected.put("tokenFile", config.auth().sinkFile());
        projected.put(
                "templates",
                config.files().stream()
                        .map(this::template)
                        .sorted(Comparator.comparing(t -> String.valueOf(t.get("destination"))))
                        .toList());
        projected.put("templateConfig", templateConfig(config));
        projected.put("cache", cache(config));
        projected.put("listener", listener(config));
        boolean none = config.vaultAgent() == null;
        projected.put(
                "disableIdleConnections", none ? List.of() : config.vaultAgent().disableIdleConnections());
        projected.put(
                "disableKeepAlives", none ? List.of() : config.vaultAgent().disableKeepAlives());
        projected.put("telemetry", none ? Map.of() : telemetry(config));
        return projected;
    }

    private static Map<String, Object> telemetry(AgentConfig config) {
        Map<String, Object> telemetry = new TreeMap<>();
        config.vaultAgent().telemetry().forEach((name, json) -> {
            try {
                telemetry.put(name, JsonTree.read(json));
            } catch (IOException e) {
                throw new AssertionError(name + " is no JSON: " + json, e);
            }
        });
        return telemetry;
    }

    private static Map<String, Object> tls(AgentConfig config) {
        Map<String, Object> tls = new LinkedHashMap<>();
        tls.put("caCert", config.store().tls().caFile());
        tls.put("caPath", config.store().tls().caDirectory());
        tls.put("clientCert", config.store().tls().clientCertificateFile());
        tls.put("clientKey", config.store().tls().clientKeyFile());
        tls.put("serverName", config.store().tls().serverName());
        tls.put("skipVerify", config.store().tls().skipVerify());
        return tls;
    }

    private static Map<String, Object> auth(AgentConfig config) {
        Map<String, Object> parameters = new TreeMap<>(config.auth().parameters());
        if (config.auth().role() != null) {
            parameters.put("role", config.auth().role());
        }
        return Tree.of(
                "type",
                config.auth().method(),
                "path",
                "auth/" + config.auth().mount(),
                "config",
                parameters,
                "tokenFile",
                config.auth().tokenFile(),
                "minBackoff",
                config.auth().minBackoff().toSeconds() + "s",
                "maxBackoff",
                config.auth().maxBackoff().toSeconds() + "s",
                "exitOnError",
                config.auth().exitOnError());
    }

    private Map<String, Object> template(FileConfig file) {
        Map<String, Object> template = new LinkedHashMap<>();
        template.put("destination", file.destination());
        if (file.source() instanceof FileConfig.SecretSource secret) {
            template.put("kind", secret.format().replace("peer-", "default-"));
            template.put("secretPath", secret.path());
        } else if (file.source() instanceof FileConfig.InlineTemplate inline) {
            template.put("kind", "custom");
            template.put("contents", inline.text());
        } else if (file.source() instanceof FileConfig.TemplateFile source) {
            template.put("kind", "file");
            template.put("source", source.file());
        }
        template.put("perms", file.mode());
        template.put("command", file.command());
        template.put("errorOnMissingKey", file.errorOnMissingKey());
        template.put("leftDelimiter", file.delimiters().left());
        template.put("rightDelimiter", file.delimiters().right());
        return template;
    }

    private static Map<String, Object> templateConfig(AgentConfig config) {
        Map<String, Object> projected = new LinkedHashMap<>();
        projected.put("exitOnRetryFailure", config.refresh().exitOnRetryFailure());
        projected.put("staticSecretRenderInterval", config.refresh().interval().toSeconds() + "s");
        long connections = config.vaultAgent() == null ? 0 : config.vaultAgent().maxConnectionsPerHost();
        projected.put("maxConnectionsPerHost", connections == 0 ? null : connections);
        projected.put("leaseRenewalThreshold", config.refresh().renewalThreshold());
        return projected;
    }

    private static Map<String, Object> cache(AgentConfig config) {
        if (config.listener().proxy() == null) {
            return null;
        }
        Map<String, Object> cache = new LinkedHashMap<>();
        String token = config.listener().proxy().useAutoAuthToken();
        cache.put("useAutoAuthToken", token.equals("false") ? null : token);
        cache.put(
                "persistent", config.vaultAgent() != null && config.vaultAgent().persistentCache());
        cache.put(
                "persistExitOnError",
                config.vaultAgent() != null && config.vaultAgent().cacheExitOnError());
        return cache;
    }

    private static Map<String, Object> listener(AgentConfig config) {
        return config.listener().proxy() == null
                ? null
                : Tree.of(
                        "address",
                        "127.0.0.1:" + config.listener().proxy().port(),
                        "tls",
                        false,
                        "quitEnabled",
                        config.listener().proxy().enableQuit());
    }

    private boolean statusRecorded() {
        return object(object(pod.after(), "metadata"), "annotations").entrySet().stream()
                .anyMatch(entry -> String.valueOf(entry.getKey()).endsWith("agent-inject-status")
                        && entry.getValue().equals("injected"));
    }

    /** Whether everything that the pod had is still there: nothing was taken away or changed. */
    private boolean restUntouched() {
        return contains(pod.after(), pod.before());
    }

    static boolean contains(Object after, Object before) {
        if (before instanceof Map<?, ?> map) {
            return after instanceof Map<?, ?> other
                    && map.keySet().stream()
                            .allMatch(key ->
                                    key.equals("shareProcessNamespace") || contains(other.get(key), map.get(key)));
        }
        if (before instanceof List<?> list) {
            return after instanceof List<?> other
                    && list.stream().allMatch(element -> other.stream().anyMatch(o -> contains(o, element)));
        }
        return before == null || before.equals(after);
    }

    private static Map<?, ?> object(Map<?, ?> parent, String name) {
        return parent.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }
}
