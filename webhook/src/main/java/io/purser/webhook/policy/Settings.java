package io.purser.webhook.policy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operator's settings for all pods: what holds where a pod's annotations say nothing. {@link SettingsReader} makes them
 * from flags, a file or the environment; {@link Option} lists them.
 *
 * @param images the agent's images
 * @param store the secret store
 * @param auth how agents log in
 * @param resources what agent containers ask for
 * @param shape how the agent is added to a pod
 * @param identity whom the agent runs as
 * @param rendering how secrets are read and rendered
 * @param lifecycle beginning and end of the agent
 * @param scope which namespaces are left alone
 */
public record Settings(
        Images images,
        Store store,
        Auth auth,
        AgentResources resources,
        Shape shape,
        Identity identity,
        Rendering rendering,
        Lifecycle lifecycle,
        Scope scope) {

    /** Every option at its default. */
    public static Settings defaults() {
        return SettingsReader.read(Map.of()).settings();
    }

    /**
     * The agent's images.
     *
     * @param agent no shell in it
     * @param shell the same with a static shell, for pods with {@code agent-inject-command}
     */
    public record Images(String agent, String shell) {}

    /**
     * The secret store.
     *
     * @param kind {@code vault} for Vault and OpenBao
     * @param address base URL
     * @param namespace the store's namespace, empty for the root
     * @param caPem PEM of the CA certificates, or null
     * @param proxy URL of an HTTP proxy, empty for none
     * @param maxConnectionsPerHost 0 for no limit
     * @param disableIdleConnections the peer's list, handed on
     * @param disableKeepAlives the peer's list, handed on
     */
    public record Store(
            String kind,
            String address,
            String namespace,
            @Nullable String caPem,
            String proxy,
            long maxConnectionsPerHost,
            List<String> disableIdleConnections,
            List<String> disableKeepAlives) {}

    /**
     * How agents log in.
     *
     * @param method the auth method
     * @param mount its mount's path, {@code auth/} in front or not
     * @param audience of the projected token, or null for the API server's own
     * @param tokenExpiry of the projected token, at least 10 minutes
     * @param minBackoff or null for the agent's own
     * @param maxBackoff or null for the agent's own
     */
    public record Auth(
            String method,
            String mount,
            @Nullable String audience,
            Duration tokenExpiry,
            @Nullable Duration minBackoff,
            @Nullable Duration maxBackoff) {}

    /**
     * What agent containers ask for; null means not set, for the limits of CPU and memory: what the agent needs.
     *
     * @param volumeSize size limit of each secret volume
     */
    public record AgentResources(
            @Nullable Quantity cpuRequest,
            @Nullable Quantity memoryRequest,
            @Nullable Quantity ephemeralRequest,
            @Nullable Quantity cpuLimit,
            @Nullable Quantity memoryLimit,
            @Nullable Quantity ephemeralLimit,
            Quantity volumeSize) {}

    /**
     * How the agent is added to a pod.
     *
     * @param sidecar native, classic, or by the cluster's version
     * @param clusterVersion or null when the operator did not say
     * @param agentPort of the probes and metrics
     */
    public record Shape(SidecarMode sidecar, @Nullable ClusterVersion clusterVersion, int agentPort) {}

    /**
     * Whom the agent runs as.
     *
     * @param user or null for the dialect's own: 100 for the peer's pods, 65532 for others
     * @param group or null for the dialect's own: 1000 for the peer's pods, 65532 for others
     * @param fromPlatform whether the platform gives the user and group (OpenShift)
     * @param sameUser whether the agent runs as the first container's user
     * @param setSecurityContext whether the agent's containers have a security context
     */
    public record Identity(
            @Nullable Long user,
            @Nullable Long group,
            boolean fromPlatform,
            boolean sameUser,
            boolean setSecurityContext) {}

    /**
     * How secrets are read and rendered.
     *
     * @param defaultTemplate {@code map} or {@code json}: the peer's default template, for its pods
     * @param defaultFormat the format of secrets without a template, for other pods
     * @param refreshInterval between two reads of a static secret, or null for the agent's own
     * @param leaseRenewalThreshold or null for the agent's own
     * @param exitOnRetryFailure whether init gives up when a secret's retries are exhausted
     */
    public record Rendering(
            String defaultTemplate,
            String defaultFormat,
            @Nullable Duration refreshInterval,
            @Nullable Double leaseRenewalThreshold,
            boolean exitOnRetryFailure) {}

    /**
     * Beginning and end of the agent.
     *
     * @param initDeadline after which an agent without its files gives up
     * @param revokeOnShutdown or null for the dialect's own: no for the peer's pods, yes for others
     * @param logLevel of the agent
     * @param logFormat of the agent
     */
    public record Lifecycle(
            Duration initDeadline, @Nullable Boolean revokeOnShutdown, String logLevel, String logFormat) {}

    /**
     * Which namespaces are left alone.
     *
     * @param systemNamespaces an annotated pod in one of them is refused
     * @param ownNamespace where Purser itself runs: pods there are left alone; or null
     */
    public record Scope(
            Set<String> systemNamespaces, @Nullable String ownNamespace) {}
}
