package io.purser.webhook.policy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes settings from the texts of options, and finds everything that is wrong with them. */
public final class SettingsReader {

    private static final Duration SHORTEST_TOKEN = Duration.ofMinutes(10);

    /** Nobody runs an older one; 1.3 is what YAML makes of 1.30, and would mean classic sidecars. */
    private static final ClusterVersion OLDEST = new ClusterVersion(1, 10);

    private final Map<Option, String> texts;
    private final Findings findings = new Findings();

    private SettingsReader(Map<Option, String> texts) {
        this.texts = texts;
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
        SettingsReader reader = new SettingsReader(given);
        Settings settings = reader.settings();
        return new Result(settings, reader.findings.violations());
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
        String agent = text(Option.AGENT_IMAGE);
        String shell = text(Option.AGENT_IMAGE_WITH_SHELL);
        boolean ours = agent.equals(Option.AGENT_IMAGE.defaultText());
        // An operator's own image may have a shell, for all that is known.
        return new Settings.Images(agent, !shell.isEmpty() ? shell : ours ? agent + "-shell" : agent);
    }

    private Settings.Store store() {
        String kind = oneOf(Option.STORE_KIND, List.of("vault"));
        String address = text(Option.STORE_ADDRESS);
        if (Addresses.problem(address) != null) {
            wrong(Option.STORE_ADDRESS, "a URL such as https://vault.vault.svc:8200");
        }
        String proxy = Addresses.ofProxy(text(Option.STORE_PROXY));
        String problem = proxy.isEmpty() ? null : Addresses.problemOfProxy(proxy);
        if (problem != null) { // without its value, which may hold a password
            findings.violation(
                    "--" + Option.STORE_PROXY.flag(),
                    "the address of the proxy cannot be used: " + problem,
                    "give one such as http://proxy:3128");
        }
        return new Settings.Store(
                kind,
                address,
                text(Option.STORE_NAMESPACE),
                pem(Option.STORE_CA),
                proxy,
                number(Option.MAX_CONNECTIONS_PER_HOST, 0, Integer.MAX_VALUE),
                Values.list(text(Option.DISABLE_IDLE_CONNECTIONS)),
                Values.list(text(Option.DISABLE_KEEP_ALIVES)));
    }

    private Settings.Auth auth() {
        Duration expiry = duration(Option.TOKEN_EXPIRY);
        if (expiry == null || expiry.compareTo(SHORTEST_TOKEN) < 0) {
            wrong(Option.TOKEN_EXPIRY, "a duration of at least 10m, which is the API server's minimum");
            expiry = SHORTEST_TOKEN;
        }
        return new Settings.Auth(
                text(Option.AUTH_METHOD),
                text(Option.AUTH_MOUNT),
                orNull(text(Option.TOKEN_AUDIENCE)),
                expiry,
                duration(Option.AUTH_MIN_BACKOFF),
                duration(Option.AUTH_MAX_BACKOFF));
    }

    private Settings.AgentResources resources() {
        Quantity size = quantity(Option.VOLUME_SIZE);
        if (size == null || size.bytes() <= 0) {
            wrong(Option.VOLUME_SIZE, "a quantity above 0 such as 8Mi");
            size = Quantity.ofBytes(8L << 20);
        }
        return new Settings.AgentResources(
                quantity(Option.CPU_REQUEST),
                quantity(Option.MEMORY_REQUEST),
                quantity(Option.EPHEMERAL_STORAGE_REQUEST),
                quantity(Option.CPU_LIMIT),
                quantity(Option.MEMORY_LIMIT),
                quantity(Option.EPHEMERAL_STORAGE_LIMIT),
                size);
    }

    private Settings.Shape shape() {
        SidecarMode mode = SidecarMode.parse(text(Option.SIDECAR));
        if (mode == null) {
            wrong(Option.SIDECAR, "native, classic or auto");
        }
        ClusterVersion version = ClusterVersion.parse(text(Option.CLUSTER_VERSION));
        if (version == null && !text(Option.CLUSTER_VERSION).isEmpty()) {
            wrong(Option.CLUSTER_VERSION, "a version such as 1.33");
        } else if (version != null && !version.atLeast(OLDEST)) {
            wrong(
                    Option.CLUSTER_VERSION,
                    "a version such as \"1.30\", in quotes in YAML, where 1.30 is the number 1.3");
        }
        return new Settings.Shape(
                mode == null ? SidecarMode.AUTO : mode, version, (int) number(Option.AGENT_PORT, 1024, 65535));
    }

    private Settings.Identity identity() {
        boolean fromPlatform = text(Option.RUN_AS_USER).equals("platform");
        return new Settings.Identity(
                fromPlatform ? null : id(Option.RUN_AS_USER),
                id(Option.RUN_AS_GROUP),
                fromPlatform,
                bool(Option.RUN_AS_SAME_USER),
                bool(Option.SET_SECURITY_CONTEXT));
    }

    private Settings.Rendering rendering() {
        return new Settings.Rendering(
                oneOf(Option.DEFAULT_TEMPLATE, List.of("map", "json")),
                oneOf(Option.DEFAULT_FORMAT, Formats.WITHOUT_FIELD),
                durationOrSeconds(Option.REFRESH_INTERVAL),
                share(Option.LEASE_RENEWAL_THRESHOLD),
                bool(Option.EXIT_ON_RETRY_FAILURE));
    }

    private Settings.Lifecycle lifecycle() {
        Duration deadline = duration(Option.INIT_DEADLINE);
        if (deadline == null) {
            wrong(Option.INIT_DEADLINE, "a duration above 0 such as 5m");
            deadline = Duration.ofMinutes(5);
        }
        return new Settings.Lifecycle(
                deadline,
                text(Option.REVOKE_ON_SHUTDOWN).isEmpty() ? null : bool(Option.REVOKE_ON_SHUTDOWN),
                oneOf(Option.AGENT_LOG_LEVEL, List.of("trace", "debug", "info", "warn", "error")),
                oneOf(Option.AGENT_LOG_FORMAT, List.of("text", "json")));
    }

    private Settings.Scope scope() {
        Set<String> system = new LinkedHashSet<>(Values.list(text(Option.SYSTEM_NAMESPACES)));
        return new Settings.Scope(system, orNull(text(Option.OWN_NAMESPACE)));
    }

    private String text(Option option) {
        String given = texts.get(option);
        return given == null || given.isEmpty() ? option.defaultText() : given;
    }

    private void wrong(Option option, String right) {
        findings.violation("--" + option.flag(), "the value \"" + text(option) + "\" is not valid", "give " + right);
    }

    private String oneOf(Option option, List<String> allowed) {
        String text = text(option).toLowerCase(java.util.Locale.ROOT);
        if (!allowed.contains(text)) {
            wrong(option, "one of " + String.join(", ", allowed));
            return option.defaultText();
        }
        return text;
    }

    private boolean bool(Option option) {
        Boolean value = Values.bool(text(option));
        if (value == null) {
            wrong(option, "true or false");
        }
        return Boolean.TRUE.equals(value);
    }

    private long number(Option option, long least, long most) {
        Long value = Values.integer(text(option));
        if (value == null || value < least || value > most) {
            wrong(option, "a whole number from " + least + " to " + most);
            return least;
        }
        return value;
    }

    private @Nullable Long id(Option option) {
        return text(option).isEmpty() ? null : (Long) number(option, 0, Integer.MAX_VALUE);
    }

    private @Nullable Double share(Option option) {
        if (text(option).isEmpty()) {
            return null;
        }
        try {
            double value = Double.parseDouble(text(option));
            if (value == 0) {
                return null;
            }
            if (value > 0 && value <= 1) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // falls through to the same sentence
        }
        wrong(option, "a number above 0 and at most 1, such as 0.9");
        return null;
    }

    /** Null when it is unset or zero, which is the same. */
    private @Nullable Duration duration(Option option) {
        if (text(option).isEmpty()) {
            return null;
        }
        Duration value = Values.duration(text(option));
        if (value == null || value.isNegative()) {
            wrong(option, "a duration such as 30s or 5m");
            return null;
        }
        return value.isZero() ? null : value;
    }

    /** As Vault reads it: a number without a unit is a number of seconds. */
    private @Nullable Duration durationOrSeconds(Option option) {
        Long seconds = Values.integer(text(option));
        return seconds == null || seconds < 0 || seconds > Integer.MAX_VALUE
                ? duration(option)
                : seconds == 0 ? null : Duration.ofSeconds(seconds);
    }

    private @Nullable Quantity quantity(Option option) {
        if (text(option).isEmpty()) {
            return null;
        }
        Quantity value = Quantity.parse(text(option));
        if (value == null || value.value().signum() < 0) {
            wrong(option, "a quantity such as 250m or 64Mi");
            return null;
        }
        return value;
    }

    private @Nullable String pem(Option option) {
        String text = text(option);
        if (text.isEmpty()) {
            return null;
        }
        String pem = text.contains("-----BEGIN") ? text : decoded(text);
        if (!pem.contains("-----BEGIN CERTIFICATE-----")) {
            findings.violation("--" + option.flag(), "it holds no certificate", "give PEM, or PEM in base64");
        }
        return pem;
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
