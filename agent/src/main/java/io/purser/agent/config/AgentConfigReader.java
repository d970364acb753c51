package io.purser.agent.config;

import org.jspecify.annotations.Nullable;

/** Builds the records from JSON; each method names the fields of one record once. */
final class AgentConfigReader {

    private AgentConfigReader() {}

    static AgentConfig read(ConfigNode root) {
        root.required("store");
        root.required("stateDirectory");
        AgentConfig config = new AgentConfig(
                root.object("store", AgentConfigReader::store),
                root.object("auth", AgentConfigReader::auth),
                root.objects("files", AgentConfigReader::file),
                root.objects("folders", AgentConfigReader::folder),
                root.texts("volumes"),
                root.flag("atomicSet", false),
                root.text("stateDirectory", ""),
                root.object("refresh", AgentConfigReader::refresh),
                root.object("lifecycle", AgentConfigReader::lifecycle),
                root.object("listener", AgentConfigReader::listener),
                root.object("log", AgentConfigReader::log),
                root.optional("vaultAgent", AgentConfigReader::vaultAgent));
        root.end();
        return config;
    }

    private static StoreConfig store(ConfigNode node) {
        return new StoreConfig(
                node.text("kind", ConfigDefaults.STORE_KIND),
                node.requiredText("address"),
                node.optionalText("namespace"),
                node.object("tls", AgentConfigReader::tls),
                node.optionalText("proxy"),
                node.duration("timeout", ConfigDefaults.STORE_TIMEOUT),
                (int) node.number("maxRetries", ConfigDefaults.STORE_RETRIES));
    }

    private static TlsConfig tls(ConfigNode node) {
        return new TlsConfig(
                node.optionalText("caPem"),
                node.optionalText("caFile"),
                node.optionalText("caDirectory"),
                node.optionalText("serverName"),
                node.flag("skipVerify", false),
                node.optionalText("clientCertificateFile"),
                node.optionalText("clientKeyFile"));
    }

    private static AuthConfig auth(ConfigNode node) {
        String method = node.text("method", ConfigDefaults.AUTH_METHOD);
        return new AuthConfig(
                method,
                node.text("mount", method),
                node.optionalText("role"),
                node.optionalText("tokenFile"),
                node.optionalText("audience"),
                node.textMap("parameters"),
                node.duration("minBackoff", ConfigDefaults.MIN_BACKOFF),
                node.duration("maxBackoff", ConfigDefaults.MAX_BACKOFF),
                node.flag("exitOnError", false),
                node.optionalText("sinkFile"));
    }

    private static FileConfig file(ConfigNode node) {
        Delimiters delimiters = node.optional("delimiters", AgentConfigReader::delimiters);
        return new FileConfig(
                node.requiredText("name"),
                node.requiredText("destination"),
                node.text("mode", ConfigDefaults.FILE_MODE),
                source(node),
                delimiters == null ? Delimiters.DEFAULT : delimiters,
                node.flag("errorOnMissingKey", false),
                node.texts("notifications"),
                node.optionalText("command"));
    }

    private static Delimiters delimiters(ConfigNode node) {
        return new Delimiters(node.requiredText("left"), node.requiredText("right"));
    }

    /** A file is made of exactly one of three things, each a field of its own. */
    private static FileConfig.Source source(ConfigNode node) {
        FileConfig.Source secret = node.optional(
                "secret",
                inner -> new FileConfig.SecretSource(
                        inner.requiredText("path"), inner.text("format", ConfigDefaults.FORMAT)));
        FileConfig.Source template = node.optional(
                "templateFile",
                inner -> new FileConfig.TemplateFile(inner.requiredText("file"), inner.requiredText("origin")));
        @Nullable String inline = node.optionalText("template");
        int given = (secret == null ? 0 : 1) + (template == null ? 0 : 1) + (inline == null ? 0 : 1);
        if (given != 1) {
            node.report("", "must have exactly one of secret, templateFile and template");
        }
        if (secret != null) {
            return secret;
        }
        return template != null ? template : new FileConfig.InlineTemplate(inline == null ? "" : inline);
    }

    private static TemplateFolder folder(ConfigNode node) {
        return new TemplateFolder(
                node.requiredText("directory"),
                node.requiredText("origin"),
                node.requiredText("destination"),
                node.text("mode", ConfigDefaults.FILE_MODE));
    }

    private static RefreshConfig refresh(ConfigNode node) {
        return new RefreshConfig(
                node.duration("interval", ConfigDefaults.REFRESH.interval()),
                node.optionalDecimal("renewalThreshold"),
                node.optionalText("refreshFile"),
                node.flag("exitOnRetryFailure", ConfigDefaults.REFRESH.exitOnRetryFailure()));
    }

    private static LifecycleConfig lifecycle(ConfigNode node) {
        LifecycleConfig fallback = ConfigDefaults.LIFECYCLE;
        return new LifecycleConfig(
                node.duration("initDeadline", fallback.initDeadline()),
                node.flag("revokeOnShutdown", fallback.revokeOnShutdown()),
                node.duration("revokeDelay", fallback.revokeDelay()),
                node.duration("overlap", fallback.overlap()),
                node.flag("sidecarFollows", fallback.sidecarFollows()));
    }

    private static ListenerConfig listener(ConfigNode node) {
        Long quitPort = node.optionalNumber("quitPort");
        return new ListenerConfig(
                node.required("port") ? (int) node.number("port", 0) : 0,
                quitPort == null ? null : quitPort.intValue(),
                node.optional(
                        "proxy",
                        inner -> new ListenerConfig.ProxyConfig(
                                inner.required("port") ? (int) inner.number("port", 0) : 0,
                                inner.text("useAutoAuthToken", ConfigDefaults.USE_AUTO_AUTH_TOKEN),
                                inner.flag("enableQuit", false))));
    }

    private static LogConfig log(ConfigNode node) {
        return new LogConfig(
                node.text("level", LogConfig.DEFAULT.level()), node.text("format", LogConfig.DEFAULT.format()));
    }

    private static VaultAgentConfig vaultAgent(ConfigNode node) {
        return new VaultAgentConfig(
                node.optionalText("configDirectory"),
                node.textMap("telemetry"),
                node.number("maxConnectionsPerHost", 0),
                node.texts("disableIdleConnections"),
                node.texts("disableKeepAlives"),
                node.flag("persistentCache", false),
                node.flag("cacheExitOnError", false));
    }
}
