package io.purser.agent.config;

import org.jspecify.annotations.Nullable;

/**
 * The agent's ports.
 *
 * @param port for {@code /livez}, {@code /readyz} and {@code /metrics} on the pod's address
 * @param proxy the loopback listener that forwards API calls to the store, or null for none
 */
public record ListenerConfig(int port, @Nullable ProxyConfig proxy) {

    /** What a startup probe asks: {@code /readyz}, which waits a little for the files before it says no. */
    public static final String STARTUP_PROBE = "/readyz?wait";

    /**
     * The loopback listener of the peer's cache annotations.
     *
     * @param port loopback port
     * @param useAutoAuthToken {@code true}: requests without a token get the agent's; {@code force}: all get it; {@code
     *     false}: none
     * @param enableQuit whether {@code POST /agent/v1/quit} ends the agent
     */
    public record ProxyConfig(int port, String useAutoAuthToken, boolean enableQuit) {}
}
