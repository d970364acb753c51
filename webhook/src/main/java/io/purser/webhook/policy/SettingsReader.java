package io.purser.webhook.policy;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes settings of options: which option is which setting, and what holds where one is wrong. */
public final class SettingsReader {

    private static final Duration SHORTEST_TOKEN = Duration.ofMinutes(10);

    /** Nobody runs an older one; 1.3 is what YAML makes of 1.30, and would mean classic sidecars. */
    private static final ClusterVersion OLDEST = new ClusterVersion(1, 10);

    private final OptionTexts options;

    private SettingsReader(OptionTexts options) {
        this.options = options;
    }

    /**
     * Settings and what is wrong with them.
     *
     * @param settings with the default in the place of every wrong value; not for use when there are violations
     * @param violations each names an option by its flag
     */
    public record Result(Settings settings, List<Violation> violations) {}

    /** Reads the options that are given; an empty text is the same as none. */
    public static Result read(Map<Option, String> given) {
        OptionTexts options = new OptionTexts(given);
        Settings settings = new SettingsReader(options).settings();
        return new Result(settings, options.violations());
    }

    /**
     * The options that an environment sets: {@code PURSER_...} before the peer's {@code AGENT_INJECT_...}. As with the peer,
     * an empty variable is the same as none.
     */
    public static Map<Option, String> fromEnvironment(Map<String, String> environment) {
        Map<Option, String> options = new EnumMap<>(Option.class);
        for (Option option : Option.values()) {
            String peer = option.peerVariable() == null ? null : environment.get(option.peerVariable());
            String own = environment.get(option.variable());
            String text = own == null || own.isEmpty() ? peer : own;
            if (text != null && !text.isEmpty()) {
                options.put(option, text);
            }
        }
        return options;
    }

    private Settings settings() {
        return new Settings(
                images(), store(), auth(), resources(), shape(), identity(), rendering(), lifecycle(), scope());
    }

    private Settings.Images images() {
        String agent = options.text(Option.AGENT_IMAGE);
        String shell = options.text(Option.AGENT_IMAGE_WITH_SHELL);
        boolean ours = agent.equals(Option.AGENT_IMAGE.defaultText());
        // An operator's own image may have a shell, for all that is known.
        return new Settings.Images(agent, !shell.isEmpty() ? shell : ours ? agent + "-shell" : agent);
    }

    private Settings.Store store() {
        String kind = options.oneOf(Option.STORE_KIND, List.of("vault"));
        String address = options.text(Option.STORE_ADDRESS);
        if (Addresses.problem(address) != null) {
            options.wrong(Option.STORE_ADDRESS, "a URL such as https://vault.vault.svc:8200");
        }
        return new Settings.Store(
                kind,
                address,
                options.text(Option.STORE_NAMESPACE),
                options.pem(Option.STORE_CA),
                options.proxy(Option.STORE_PROXY),
                options.number(Option.MAX_CONNECTIONS_PER_HOST, 0, Integer.MAX_VALUE),
                Values.list(options.text(Option.DISABLE_IDLE_CONNECTIONS)),
                Values.list(options.text(Option.DISABLE_KEEP_ALIVES)));
    }

    private Settings.Auth auth() {
        Duration expiry = options.duration(Option.TOKEN_EXPIRY);
        if (expiry == null || expiry.compareTo(SHORTEST_TOKEN) < 0) {
            options.wrong(Option.TOKEN_EXPIRY, "a duration of at least 10m, which is the API server's minimum");
            expiry = SHORTEST_TOKEN;
        }
        return new Settings.Auth(
                authMethod(),
                options.text(Option.AUTH_MOUNT),
                options.textOrNull(Option.TOKEN_AUDIENCE),
                expiry,
                options.duration(Option.AUTH_MIN_BACKOFF),
                options.duration(Option.AUTH_MAX_BACKOFF));
    }

    /** One of Vault's own agent alone passes: only a pod says whether it is the peer's, which is warned and not refused. */
    private String authMethod() {
        String method = options.text(Option.AUTH_METHOD);
        if (AuthMethods.OURS.contains(method) || AuthMethods.OF_VAULT.contains(method)) {
            return method;
        }
        options.wrong(Option.AUTH_METHOD, "one of " + String.join(", ", AuthMethods.OURS));
        return Option.AUTH_METHOD.defaultText();
    }

    private Settings.AgentResources resources() {
        Quantity size = options.quantity(Option.VOLUME_SIZE);
        if (size == null || size.bytes() <= 0) {
            options.wrong(Option.VOLUME_SIZE, "a quantity above 0 such as 8Mi");
            size = Quantity.ofBytes(8L << 20);
        }
        return new Settings.AgentResources(
                options.quantity(Option.CPU_REQUEST),
                options.quantity(Option.MEMORY_REQUEST),
                options.quantity(Option.EPHEMERAL_STORAGE_REQUEST),
                options.quantity(Option.CPU_LIMIT),
                options.quantity(Option.MEMORY_LIMIT),
                options.quantity(Option.EPHEMERAL_STORAGE_LIMIT),
                size);
    }

    private Settings.Shape shape() {
        SidecarMode mode = SidecarMode.parse(options.text(Option.SIDECAR));
        if (mode == null) {
            options.wrong(Option.SIDECAR, "native, classic or auto");
        }
        ClusterVersion version = ClusterVersion.parse(options.text(Option.CLUSTER_VERSION));
        if (version == null && !options.text(Option.CLUSTER_VERSION).isEmpty()) {
            options.wrong(Option.CLUSTER_VERSION, "a version such as 1.33");
        } else if (version != null && !version.atLeast(OLDEST)) {
            options.wrong(
                    Option.CLUSTER_VERSION,
                    "a version such as \"1.30\", in quotes in YAML, where 1.30 is the number 1.3");
        }
        return new Settings.Shape(
                mode == null ? SidecarMode.AUTO : mode, version, (int) options.number(Option.AGENT_PORT, 1024, 65535));
    }

    private Settings.Identity identity() {
        boolean fromPlatform = options.text(Option.RUN_AS_USER).equals("platform");
        return new Settings.Identity(
                fromPlatform ? null : options.id(Option.RUN_AS_USER),
                options.id(Option.RUN_AS_GROUP),
                fromPlatform,
                options.bool(Option.RUN_AS_SAME_USER),
                options.bool(Option.SET_SECURITY_CONTEXT));
    }

    private Settings.Rendering rendering() {
        return new Settings.Rendering(
                options.oneOf(Option.DEFAULT_TEMPLATE, List.of("map", "json")),
                options.oneOf(Option.DEFAULT_FORMAT, Formats.WITHOUT_FIELD),
                options.durationOrSeconds(Option.REFRESH_INTERVAL),
                options.share(Option.LEASE_RENEWAL_THRESHOLD),
                options.bool(Option.EXIT_ON_RETRY_FAILURE));
    }

    private Settings.Lifecycle lifecycle() {
        Duration deadline = options.duration(Option.INIT_DEADLINE);
        if (deadline == null) {
            options.wrong(Option.INIT_DEADLINE, "a duration above 0 such as 5m");
            deadline = Duration.ofMinutes(5);
        }
        return new Settings.Lifecycle(
                deadline,
                options.text(Option.REVOKE_ON_SHUTDOWN).isEmpty() ? null : options.bool(Option.REVOKE_ON_SHUTDOWN),
                options.oneOf(Option.AGENT_LOG_LEVEL, List.of("trace", "debug", "info", "warn", "error")),
                options.oneOf(Option.AGENT_LOG_FORMAT, List.of("text", "json")));
    }

    private Settings.Scope scope() {
        Set<String> system = new LinkedHashSet<>(Values.list(options.text(Option.SYSTEM_NAMESPACES)));
        return new Settings.Scope(system, options.textOrNull(Option.OWN_NAMESPACE));
    }
}
