package io.purser.webhook.policy;

import org.jspecify.annotations.Nullable;

/**
 * Every annotation that Purser reads, one constant each; {@link AnnotationReference} makes the reference from it. Under {@code purser.io/} an
 * annotation has its native name, under {@code openbao.org/} and {@code vault.hashicorp.com/} the peer's; some have one of
 * the two only.
 */
public enum Annotation {
    INJECT(Theme.CORE, "inject", "agent-inject"),
    STATUS(Theme.CORE, "status", "agent-inject-status"),
    ROLE(Theme.CORE, "role", "role"),
    SECRET(Theme.CORE, "secret-NAME", "agent-inject-secret-NAME"),
    TEMPLATE(Theme.CORE, "template-NAME", "agent-inject-template-NAME"),
    TEMPLATES(Theme.CORE, "templates", null),
    TEMPLATE_KEY(Theme.CORE, "template-file-NAME", null),
    TEMPLATE_PATH(Theme.CORE, "template-path-NAME", "agent-inject-template-file-NAME"),
    FORMAT(Theme.CORE, "format-NAME", null),
    DEFAULT_FORMAT(Theme.CORE, "default-format", null),
    DEFAULT_TEMPLATE(Theme.CORE, null, "agent-inject-default-template"),
    FILE(Theme.CORE, "file-NAME", "agent-inject-file-NAME"),
    MODE(Theme.CORE, "mode-NAME", "agent-inject-perms-NAME"),
    ERROR_ON_MISSING_KEY(Theme.CORE, "error-on-missing-key-NAME", "error-on-missing-key-NAME"),
    LEFT_DELIMITER(Theme.CORE, "left-delimiter-NAME", "agent-template-left-delim-NAME"),
    RIGHT_DELIMITER(Theme.CORE, "right-delimiter-NAME", "agent-template-right-delim-NAME"),
    PRESERVE_CASE(Theme.CORE, null, "preserve-secret-case"),
    PRESERVE_CASE_OF(Theme.CORE, null, "preserve-secret-case-NAME"),
    ENV(Theme.CORE, "env-VAR", null),
    REFRESH(Theme.CORE, "refresh", null),
    INJECT_TOKEN(Theme.CORE, "inject-token", "agent-inject-token"),
    NOTIFY(Theme.CHANGES, "notify-NAME", null),
    COMMAND(Theme.CHANGES, "command-NAME", "agent-inject-command-NAME"),
    MOUNT_PATH(Theme.VOLUMES, "mount-path", "secret-volume-path"),
    MOUNT_PATH_OF(Theme.VOLUMES, "mount-path-NAME", "secret-volume-path-NAME"),
    CONTAINERS(Theme.VOLUMES, "containers", "agent-inject-containers"),
    ATOMIC_SET(Theme.VOLUMES, "atomic-set", null),
    VOLUME_SIZE(Theme.VOLUMES, "volume-size", null),
    SIDECAR(Theme.SHAPE, "sidecar", null),
    PRE_POPULATE(Theme.SHAPE, null, "agent-pre-populate"),
    PRE_POPULATE_ONLY(Theme.SHAPE, null, "agent-pre-populate-only"),
    INIT_FIRST(Theme.SHAPE, "init-first", "agent-init-first"),
    IMAGE(Theme.SHAPE, "image", "agent-image"),
    CONFIGMAP(Theme.SHAPE, "vault-agent-configmap", "agent-configmap"),
    EXTRA_SECRET(Theme.SHAPE, "extra-secret", "agent-extra-secret"),
    COPY_VOLUME_MOUNTS(Theme.SHAPE, "copy-volume-mounts", "agent-copy-volume-mounts"),
    LIMITS_CPU(Theme.SHAPE, "limits-cpu", "agent-limits-cpu"),
    LIMITS_MEMORY(Theme.SHAPE, "limits-memory", "agent-limits-mem"),
    LIMITS_EPHEMERAL(Theme.SHAPE, "limits-ephemeral-storage", "agent-limits-ephemeral"),
    REQUESTS_CPU(Theme.SHAPE, "requests-cpu", "agent-requests-cpu"),
    REQUESTS_MEMORY(Theme.SHAPE, "requests-memory", "agent-requests-mem"),
    REQUESTS_EPHEMERAL(Theme.SHAPE, "requests-ephemeral-storage", "agent-requests-ephemeral"),
    RUN_AS_USER(Theme.SHAPE, "run-as-user", "agent-run-as-user"),
    RUN_AS_GROUP(Theme.SHAPE, "run-as-group", "agent-run-as-group"),
    RUN_AS_SAME_USER(Theme.SHAPE, "run-as-same-user", "agent-run-as-same-user"),
    SET_SECURITY_CONTEXT(Theme.SHAPE, "set-security-context", "agent-set-security-context"),
    SHARE_PROCESS_NAMESPACE(Theme.SHAPE, "share-process-namespace", "agent-share-process-namespace"),
    JSON_PATCH(Theme.SHAPE, "json-patch", "agent-json-patch"),
    INIT_JSON_PATCH(Theme.SHAPE, "init-json-patch", "agent-init-json-patch"),
    AGENT_PORT(Theme.SHAPE, "agent-port", null),
    AUTH_METHOD(Theme.IDENTITY, "auth-method", "auth-type"),
    AUTH_MOUNT(Theme.IDENTITY, "auth-mount", "auth-path"),
    AUTH_PARAMETER(Theme.IDENTITY, "auth-parameter-PARAM", "auth-config-PARAM"),
    AUTH_MIN_BACKOFF(Theme.IDENTITY, "auth-min-backoff", "auth-min-backoff"),
    AUTH_MAX_BACKOFF(Theme.IDENTITY, "auth-max-backoff", "auth-max-backoff"),
    AUTH_EXIT_ON_ERROR(Theme.IDENTITY, "auth-exit-on-error", "agent-auto-auth-exit-on-err"),
    TOKEN_AUDIENCE(Theme.IDENTITY, "token-audience", null),
    TOKEN_EXPIRY(Theme.IDENTITY, "token-expiry", null),
    TOKEN_VOLUME(Theme.IDENTITY, "service-account-token-volume-name", "agent-service-account-token-volume-name"),
    REQUEST_NAMESPACE(Theme.IDENTITY, null, "agent-request-namespace"),
    STORE_ADDRESS(Theme.STORE, "store-address", "service"),
    STORE_NAMESPACE(Theme.STORE, "store-namespace", "namespace"),
    PROXY_ADDRESS(Theme.STORE, "proxy-address", "proxy-address"),
    TLS_SECRET(Theme.STORE, "tls-secret", "tls-secret"),
    TLS_SKIP_VERIFY(Theme.STORE, "tls-skip-verify", "tls-skip-verify"),
    TLS_SERVER_NAME(Theme.STORE, "tls-server-name", "tls-server-name"),
    CA_CERT(Theme.STORE, "ca-cert", "ca-cert"),
    CA_PATH(Theme.STORE, "ca-path", "ca-key"),
    CLIENT_CERT(Theme.STORE, "client-cert", "client-cert"),
    CLIENT_KEY(Theme.STORE, "client-key", "client-key"),
    CLIENT_TIMEOUT(Theme.STORE, "client-timeout", "client-timeout"),
    CLIENT_MAX_RETRIES(Theme.STORE, "client-max-retries", "client-max-retries"),
    MAX_CONNECTIONS(Theme.STORE, "max-connections-per-host", "template-max-connections-per-host"),
    DISABLE_IDLE_CONNECTIONS(Theme.STORE, null, "agent-disable-idle-connections"),
    DISABLE_KEEP_ALIVES(Theme.STORE, null, "agent-disable-keep-alives"),
    REFRESH_INTERVAL(Theme.LIFE, "refresh-interval", "template-static-secret-render-interval"),
    LEASE_THRESHOLD(Theme.LIFE, "lease-renewal-threshold", "template-lease-renewal-threshold"),
    EXIT_ON_RETRY_FAILURE(Theme.LIFE, "exit-on-retry-failure", "template-config-exit-on-retry-failure"),
    INIT_DEADLINE(Theme.LIFE, "init-deadline", null),
    REVOKE_ON_SHUTDOWN(Theme.LIFE, "revoke-on-shutdown", "agent-revoke-on-shutdown"),
    REVOKE_GRACE(Theme.LIFE, "revoke-grace", "agent-revoke-grace"),
    LEASE_OVERLAP(Theme.LIFE, "lease-overlap", null),
    CACHE_ENABLE(Theme.LISTENER, "cache-enable", "agent-cache-enable"),
    CACHE_PORT(Theme.LISTENER, "cache-listener-port", "agent-cache-listener-port"),
    CACHE_TOKEN(Theme.LISTENER, "cache-use-auto-auth-token", "agent-cache-use-auto-auth-token"),
    CACHE_EXIT_ON_ERROR(Theme.LISTENER, "cache-exit-on-error", "agent-cache-exit-on-err"),
    ENABLE_QUIT(Theme.LISTENER, "enable-quit", "agent-enable-quit"),
    LOG_LEVEL(Theme.LISTENER, "log-level", "log-level"),
    LOG_FORMAT(Theme.LISTENER, "log-format", "log-format"),
    GO_MAX_PROCS(Theme.LISTENER, "processors", "go-max-procs"),
    TELEMETRY(Theme.LISTENER, null, "agent-telemetry-PARAM");

    /** What an annotation is about; the reference page has one section for each. */
    public enum Theme {
        CORE("What is injected"),
        CHANGES("After a change"),
        VOLUMES("Where the files are"),
        SHAPE("The agent's containers"),
        IDENTITY("Who the pod is"),
        STORE("The store"),
        LIFE("How long things last"),
        LISTENER("The agent's loopback listener and logs");

        private final String title;

        Theme(String title) {
            this.title = title;
        }

        /** Its heading. */
        public String title() {
            return title;
        }
    }

    /** The placeholder that ends a name. */
    public enum Parameter {
        NONE,
        NAME,
        VAR,
        PARAM
    }

    private final Theme theme;
    private final @Nullable String nativeName;
    private final @Nullable String peerName;
    private final Parameter parameter;

    Annotation(Theme theme, @Nullable String nativeName, @Nullable String peerName) {
        this.theme = theme;
        this.parameter = parameterOf(nativeName == null ? peerName : nativeName);
        this.nativeName = withoutParameter(nativeName, parameter);
        this.peerName = withoutParameter(peerName, parameter);
    }

    /** The section that it stands in. */
    public Theme theme() {
        return theme;
    }

    /** The placeholder that ends its name. */
    public Parameter parameter() {
        return parameter;
    }

    /** Whether its value is a text of lines: a template, a program of a shell, or JSON. */
    public boolean isText() {
        return switch (this) {
            case TEMPLATE, COMMAND, JSON_PATCH, INIT_JSON_PATCH, TELEMETRY -> true;
            default -> false;
        };
    }

    /** The version that read it first. */
    public String since() {
        return "0.1.0";
    }

    /**
     * Its name in a domain, without the domain, for a parameter up to and with its dash; null where the domain does not
     * have it.
     */
    public @Nullable String nameIn(Domain domain) {
        return domain == Domain.PURSER ? nativeName : peerName;
    }

    /** Its full name for people, for example {@code purser.io/secret-NAME}; the native one where there is one. */
    public String display() {
        Domain domain = nativeName == null ? Domain.VAULT : Domain.PURSER;
        return display(domain);
    }

    /** Its full name in a domain that has it, with the placeholder. */
    public String display(Domain domain) {
        return domain.prefix() + nameIn(domain) + (parameter == Parameter.NONE ? "" : parameter.name());
    }

    private static Parameter parameterOf(@Nullable String name) {
        for (Parameter parameter : Parameter.values()) {
            if (name != null && parameter != Parameter.NONE && name.endsWith("-" + parameter.name())) {
                return parameter;
            }
        }
        return Parameter.NONE;
    }

    private static @Nullable String withoutParameter(@Nullable String name, Parameter parameter) {
        return name == null || parameter == Parameter.NONE
                ? name
                : name.substring(0, name.length() - parameter.name().length());
    }
}
