package io.purser.webhook.cli;

import io.purser.webhook.policy.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
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

    private static final String DASHES = "--";
    private static final String PREFIX = "PURSER_";
    private static final String SERVICE = ".*_(SERVICE_(HOST|PORT.*)|PORT(_[0-9]+_.*)?)";

    private final Map<String, String> environment;

    EnvironmentDefaults() {
        this(System.getenv());
    }

    EnvironmentDefaults(Map<String, String> environment) {
        this.environment = environment;
    }

    /** A sentence for each {@code PURSER_...} that is no option's; those by which Kubernetes tells of Services are passed over. */
    static List<String> unknown(CommandSpec command, Map<String, String> environment) {
        Set<String> known = new TreeSet<>();
        command.options().forEach(option -> known.add(variable(option)));
        List<String> sentences = new ArrayList<>();
        for (String name : new TreeSet<>(environment.keySet())) {
            if (name.startsWith(PREFIX) && !known.contains(name) && !name.matches(SERVICE)) {
                String nearest = Nearest.to(name, known);
                sentences.add("The variable " + name + " is no option and has no effect"
                        + (nearest == null ? "." : "; perhaps " + nearest + " is meant."));
            }
        }
        return sentences;
    }

    private static String variable(OptionSpec option) {
        return PREFIX + name(option).toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static String name(OptionSpec option) {
        return option.longestName().substring(DASHES.length());
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)
                || !option.longestName().startsWith(DASHES)
                || option.usageHelp()
                || option.versionHelp()) { // PURSER_VERSION is nobody's wish to be told the version
            return null;
        }
        String name = name(option);
        String own = environment.get(variable(option));
        if (own != null && !own.isEmpty()) {
            return own;
        }
        String peer = PEER.containsKey(name) ? environment.get(PEER.get(name)) : null;
        return peer == null || peer.isEmpty() ? null : peer;
    }
}
