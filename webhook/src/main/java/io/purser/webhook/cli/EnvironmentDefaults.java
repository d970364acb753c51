package io.purser.webhook.cli;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Takes the server's options that are not given as flags from {@code PURSER_...}, then from the peer's {@code AGENT_INJECT_...}. Like the
 * peer, an empty variable is the same as none.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {

    private static final Map<String, String> PEER = Map.of(
            "listen", "AGENT_INJECT_LISTEN",
            "tls-cert", "AGENT_INJECT_TLS_CERT_FILE",
            "tls-key", "AGENT_INJECT_TLS_KEY_FILE",
            "tls-min-version", "AGENT_INJECT_TLS_MIN_VERSION",
            "tls-cipher-suites", "AGENT_INJECT_TLS_CIPHER_SUITES",
            "metrics-path", "AGENT_INJECT_TELEMETRY_PATH",
            "log-level", "AGENT_INJECT_LOG_LEVEL",
            "log-format", "AGENT_INJECT_LOG_FORMAT");

    private final Map<String, String> environment;

    EnvironmentDefaults() {
        this(System.getenv());
    }

    EnvironmentDefaults(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)
                || !option.longestName().startsWith("--")
                || option.usageHelp()
                || option.versionHelp()) { // PURSER_VERSION is nobody's wish to be told the version
            return null;
        }
        String name = option.longestName().substring(2);
        String own = environment.get("PURSER_" + name.toUpperCase(Locale.ROOT).replace('-', '_'));
        if (own != null && !own.isEmpty()) {
            return own;
        }
        String peer = PEER.containsKey(name) ? environment.get(PEER.get(name)) : null;
        return peer == null || peer.isEmpty() ? null : peer;
    }
}
