package io.purser.webhook.plan;

import io.purser.agent.config.AgentConfig;
import io.purser.agent.config.AgentConfigJson;
import io.purser.agent.config.ListenerConfig;
import io.purser.agent.config.StoreConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the agent's containers, before the pod's own JSON patches. */
final class AgentContainers {

    static final String INIT = "purser-agent-init";
    static final String SIDECAR = "purser-agent";
    static final String STATE_VOLUME = "purser-state";
    static final String STATE_PATH = "/purser/state";
    static final String CONFIG_VARIABLE = "PURSER_CONFIG";

    private static final String COMMAND = "/opt/purser/bin/purser-agent";
    private static final String POD_INFO_VOLUME = "purser-podinfo";
    private static final String TEMPLATES_VOLUME = "purser-templates-";
    private static final Duration PROBE_PERIOD = Duration.ofSeconds(1);
    private static final long PROBE_MARGIN = 30;

    private final Parts parts;
    private final String configText;

    AgentContainers(Parts parts) {
        this.parts = parts;
        this.configText = configText(parts.config);
    }

    /** What the containers are made of. */
    record Parts(
            Shape shape,
            String image,
            AgentConfig config,
            SecretVolumes volumes,
            FileSet files,
            TokenMount token,
            AgentExtras extras,
            AgentIdentity identity,
            ResourceAnnotations resources) {}

    /** The container among the init containers, or null. */
    @Nullable
    Map<String, Object> init() {
        if (!parts.shape.init()) {
            return null;
        }
        if (parts.shape.isNative()) {
            Map<String, Object> container = container(SIDECAR, null, parts.resources.besideApplication());
            container.put("restartPolicy", "Always");
            container.put("startupProbe", startupProbe());
            return container;
        }
        return container(INIT, Tree.list("--once"), parts.resources.beforeApplication());
    }

    /** The container beside the application, or null. It has a lifecycle, however empty, for the pod's patch to fill. */
    @Nullable
    Map<String, Object> sidecar() {
        if (!parts.shape.sidecar() || parts.shape.isNative()) {
            return null;
        }
        Map<String, Object> container = container(SIDECAR, null, parts.resources.besideApplication());
        container.put("lifecycle", Tree.of());
        return container;
    }

    private Map<String, Object> container(String name, @Nullable List<Object> args, Map<String, Object> resources) {
        return Tree.of(
                "name",
                name,
                "image",
                parts.image,
                "command",
                Tree.list(COMMAND),
                "args",
                args,
                "env",
                env(),
                "resources",
                resources,
                "volumeMounts",
                mounts(),
                "securityContext",
                parts.identity.securityContext());
    }

    /** The application starts only when its files are there; the agent itself gives up at the deadline. */
    private Map<String, Object> startupProbe() {
        long failures = parts.config.lifecycle().initDeadline().toSeconds() / PROBE_PERIOD.toSeconds() + PROBE_MARGIN;
        return Tree.of(
                "httpGet",
                        Tree.of("path", ListenerConfig.STARTUP_PROBE, "port", (long)
                                parts.config.listener().port()),
                "periodSeconds", PROBE_PERIOD.toSeconds(),
                "failureThreshold", failures);
    }

    private List<Object> env() {
        List<Object> env = new ArrayList<>();
        env.add(fieldVariable("NAMESPACE", "metadata.namespace"));
        env.add(fieldVariable("HOST_IP", "status.hostIP"));
        env.add(fieldVariable("POD_IP", "status.podIP"));
        env.addAll(parts.extras.env());
        if (parts.extras.configDirectory() != null) {
            addStoreVariables(env, parts.config.store());
        }
        env.add(Tree.of("name", CONFIG_VARIABLE, "value", configText));
        return env;
    }

    /** A configuration of the user's own may name them in its templates, as with Vault's agent. */
    private static void addStoreVariables(List<Object> env, StoreConfig store) {
        if (!store.address().equals(StoreAnnotations.UNSET_ADDRESS)) {
            env.add(Tree.of("name", "VAULT_ADDR", "value", store.address()));
        }
        addVariable(env, "VAULT_CACERT", store.tls().caFile());
        addVariable(env, "VAULT_CAPATH", store.tls().caDirectory());
        addVariable(env, "VAULT_CLIENT_CERT", store.tls().clientCertificateFile());
        addVariable(env, "VAULT_CLIENT_KEY", store.tls().clientKeyFile());
        env.add(Tree.of(
                "name",
                "VAULT_SKIP_VERIFY",
                "value",
                Boolean.toString(store.tls().skipVerify())));
        addVariable(env, "VAULT_TLS_SERVER_NAME", store.tls().serverName());
    }

    private static void addVariable(List<Object> env, String name, @Nullable String value) {
        if (value != null) {
            env.add(Tree.of("name", name, "value", value));
        }
    }

    private static Map<String, Object> fieldVariable(String name, String path) {
        return Tree.of("name", name, "valueFrom", Tree.of("fieldRef", Tree.of("fieldPath", path)));
    }

    /** The kubelet replaces {@code $(NAME)} in a variable's value; in JSON a dollar sign can be written so that it cannot. */
    private static String configText(AgentConfig config) {
        String json = AgentConfigJson.write(config);
        return json.indexOf('$') < 0 ? json : json.replace("$", "\\u0024");
    }

    /** Whether a patched container still runs the agent, with the configuration that was made for it. */
    static boolean isUntouched(Map<String, Object> container, AgentConfig config) {
        boolean once = !container.containsKey("args") || Tree.list("--once").equals(container.get("args"));
        List<Map<?, ?>> configurations = Trees.objects(container.get("env")).stream()
                .filter(variable -> CONFIG_VARIABLE.equals(variable.get("name")))
                .toList();
        return once
                && Tree.list(COMMAND).equals(container.get("command"))
                && configurations.size() == 1
                && configText(config).equals(configurations.get(0).get("value"));
    }

    /** Whether a patched container still runs the agent, but with arguments that were not made for it. */
    static boolean hasOtherArguments(Map<String, Object> container, Map<String, Object> patched) {
        return Objects.equals(container.get("command"), patched.get("command"))
                && !Objects.equals(container.get("args"), patched.get("args"));
    }

    private List<Object> mounts() {
        List<Object> mounts = new ArrayList<>();
        mounts.add(Tree.mount(STATE_VOLUME, STATE_PATH, false));
        if (parts.token.volumeName() != null) {
            mounts.add(Tree.mount(parts.token.volumeName(), parts.token.mountPath(), true));
        }
        mounts.addAll(parts.volumes.mounts(false));
        if (!parts.files.podInfo().isEmpty()) {
            mounts.add(Tree.mount(POD_INFO_VOLUME, FileSet.POD_INFO_PATH, true));
        }
        for (int i = 0; i < parts.files.configMaps().size(); i++) {
            mounts.add(Tree.mount(
                    TEMPLATES_VOLUME + i,
                    FileSet.folderOf(parts.files.configMaps().get(i)),
                    true));
        }
        mounts.addAll(parts.extras.mounts());
        return mounts;
    }

    /** The volumes that the pod must have for its agent. */
    List<Map<String, Object>> volumes() {
        List<Map<String, Object>> volumes = new ArrayList<>();
        String size = parts.volumes.size().text();
        for (int i = 0; i < parts.volumes.paths().size(); i++) {
            volumes.add(Tree.memoryVolume(SecretVolumes.name(i), size));
        }
        volumes.add(Tree.memoryVolume(STATE_VOLUME, size));
        if (parts.token.volume() != null) {
            volumes.add(parts.token.volume());
        }
        if (!parts.files.podInfo().isEmpty()) {
            volumes.add(podInfo());
        }
        for (int i = 0; i < parts.files.configMaps().size(); i++) {
            // Optional: a missing ConfigMap does not block the pod in silence, the agent says what it waits for.
            volumes.add(Tree.of(
                    "name",
                    TEMPLATES_VOLUME + i,
                    "configMap",
                    Tree.of("name", parts.files.configMaps().get(i), "optional", true)));
        }
        volumes.addAll(parts.extras.volumes());
        return volumes;
    }

    private Map<String, Object> podInfo() {
        List<Object> items = new ArrayList<>();
        parts.files
                .podInfo()
                .forEach((file, annotation) -> items.add(Tree.of(
                        "path", file, "fieldRef", Tree.of("fieldPath", "metadata.annotations['" + annotation + "']"))));
        return Tree.of("name", POD_INFO_VOLUME, "downwardAPI", Tree.of("items", items));
    }
}
