package io.purser.webhook.policy;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The operator's settings, one constant each. From it come the flag {@code --name}, the variable {@code PURSER_NAME}, and the
 * peer's variable, so that an installation's values can be carried over.
 */
public enum Option {
    AGENT_IMAGE("VAULT_IMAGE", "purser-agent:0.1.0", "image of the agent's containers"),
    AGENT_IMAGE_WITH_SHELL(
            null,
            "",
            "image for pods with shell commands; unset: the agent's own, with -shell at its tag where it is Purser's"),
    STORE_KIND(null, "vault", "vault, for HashiCorp Vault and OpenBao"),
    STORE_ADDRESS("VAULT_ADDR", "https://vault.vault.svc:8200", "base URL of the store"),
    STORE_NAMESPACE("VAULT_NAMESPACE", "", "namespace in the store"),
    STORE_CA("VAULT_CACERT_BYTES", "", "CA certificates of the store, as PEM or PEM in base64"),
    STORE_PROXY("PROXY_ADDR", "", "HTTP proxy on the way to the store"),
    AUTH_METHOD("VAULT_AUTH_TYPE", "kubernetes", "auth method: kubernetes, jwt, approle, cert, token_file"),
    AUTH_MOUNT("VAULT_AUTH_PATH", "auth/kubernetes", "path of the auth mount"),
    TOKEN_AUDIENCE(null, "", "audience of the pod's projected token; unset: the API server's"),
    TOKEN_EXPIRY(null, "1h", "lifetime of the pod's projected token, at least 10m"),
    AUTH_MIN_BACKOFF("AUTH_MIN_BACKOFF", "", "first wait after a failed login"),
    AUTH_MAX_BACKOFF("AUTH_MAX_BACKOFF", "", "longest wait between logins"),
    MAX_CONNECTIONS_PER_HOST("TEMPLATE_MAX_CONNECTIONS_PER_HOST", "0", "limit of connections to the store, 0 for none"),
    DISABLE_IDLE_CONNECTIONS("DISABLE_IDLE_CONNECTIONS", "", "auto-auth, caching, templating: noted, without effect"),
    DISABLE_KEEP_ALIVES("DISABLE_KEEP_ALIVES", "", "auto-auth, caching, templating: noted, without effect"),
    CPU_REQUEST("CPU_REQUEST", "20m", "CPU request of the agent"),
    MEMORY_REQUEST("MEM_REQUEST", "48Mi", "memory request of the agent"),
    EPHEMERAL_STORAGE_REQUEST("EPHEMERAL_REQUEST", "", "ephemeral storage request of the agent"),
    CPU_LIMIT("CPU_LIMIT", "", "CPU limit of the agent; unset: 2, or 1 where the application's containers have limits"),
    MEMORY_LIMIT("MEM_LIMIT", "", "memory limit of the agent; unset: 64Mi and its memory volumes"),
    EPHEMERAL_STORAGE_LIMIT("EPHEMERAL_LIMIT", "", "ephemeral storage limit of the agent"),
    VOLUME_SIZE(null, "8Mi", "size limit of each memory volume; a rename needs room for a file twice"),
    SIDECAR(null, "auto", "native, classic or auto"),
    CLUSTER_VERSION(
            null, "", "the cluster's version, for example 1.33; decides what auto means and what pods may ask for"),
    AGENT_PORT(null, "14321", "port of the agent's probes and metrics"),
    RUN_AS_USER("RUN_AS_USER", "", "user id of the agent, or platform; unset: 100 for the peer's pods, else 65532"),
    RUN_AS_GROUP("RUN_AS_GROUP", "", "group id of the agent; unset: 1000 for the peer's pods, else 65532"),
    RUN_AS_SAME_USER("RUN_AS_SAME_USER", "false", "whether the agent runs as the first container's user"),
    SET_SECURITY_CONTEXT("SET_SECURITY_CONTEXT", "true", "whether the agent's containers get a security context"),
    DEFAULT_TEMPLATE("DEFAULT_TEMPLATE", "map", "map or json: default template of the peer's pods"),
    DEFAULT_FORMAT(null, "json", "format of secrets without a template"),
    REFRESH_INTERVAL("TEMPLATE_STATIC_SECRET_RENDER_INTERVAL", "", "between two reads of a static secret; unset: 5m"),
    LEASE_RENEWAL_THRESHOLD("TEMPLATE_LEASE_RENEWAL_THRESHOLD", "", "share of a lease after which it is renewed"),
    EXIT_ON_RETRY_FAILURE(
            "TEMPLATE_CONFIG_EXIT_ON_RETRY_FAILURE",
            "true",
            "false: an agent that lacks a file goes on trying past the default init deadline"),
    INIT_DEADLINE(null, "5m", "after which an agent that still lacks a file gives up"),
    REVOKE_ON_SHUTDOWN(
            "REVOKE_ON_SHUTDOWN", "", "whether the token is revoked at the end; unset: not for the peer's pods"),
    AGENT_LOG_LEVEL(null, "info", "trace, debug, info, warn or error"),
    AGENT_LOG_FORMAT(null, "text", "text or json"),
    SYSTEM_NAMESPACES(null, "kube-system,kube-public", "namespaces in which annotated pods are refused"),
    OWN_NAMESPACE(null, "", "Purser's own namespace: pods there are left alone");

    private final @Nullable String peerVariable;
    private final String defaultText;
    private final String meaning;

    Option(@Nullable String peerVariable, String defaultText, String meaning) {
        this.peerVariable = peerVariable;
        this.defaultText = defaultText;
        this.meaning = meaning;
    }

    /** The name of the flag, without dashes in front, for example {@code store-address}. */
    public String flag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The environment variable, for example {@code PURSER_STORE_ADDRESS}. */
    public String variable() {
        return "PURSER_" + name();
    }

    /** The peer's environment variable, for example {@code AGENT_INJECT_VAULT_ADDR}, or null. */
    public @Nullable String peerVariable() {
        return peerVariable == null ? null : "AGENT_INJECT_" + peerVariable;
    }

    /** What holds when nothing is set; may be empty. */
    public String defaultText() {
        return defaultText;
    }

    /** One line for the help. */
    public String meaning() {
        return meaning;
    }
}
