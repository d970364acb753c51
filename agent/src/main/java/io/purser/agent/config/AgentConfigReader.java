package io.purser.agent.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the records from JSON; each method names the fields of one record once. No lambdas: the first of a start costs it 5 ms. */
final class AgentConfigReader {

    private AgentConfigReader() {}

    static AgentConfig read(ConfigNode root) {
        root.required("store");
        root.required("stateDirectory");
        return root.end(new AgentConfig(
                store(root.object("store")),
                auth(root.object("auth")),
                files(root),
                folders(root),
                root.texts("volumes"),
                root.flag("atomicSet", false),
                root.text("stateDirectory", ""),
                refresh(root.object("refresh")),
                lifecycle(root.object("lifecycle")),
                listener(root.object("listener")),
                log(root.object("log")),
                vaultAgent(root.optional("vaultAgent"))));
    }

    private static List<FileConfig> files(ConfigNode root) {
        List<FileConfig> files = new ArrayList<>();
        for (ConfigNode file : root.objects("files")) {
            files.add(file(file));
        }
        return files;
    }

    private static List<TemplateFolder> folders(ConfigNode root) {
        List<TemplateFolder> folders = new ArrayList<>();
        for (ConfigNode folder : root.objects("folders")) {
            folders.add(folder(folder));
        }
        return folders;
    }

    private static StoreConfig store(ConfigNode node) {
        return node.end(new StoreConfig(
                node.text("kind", ConfigDefaults.STORE_KIND),
                node.requiredText("address"),
                node.optionalText("namespace"),
                tls(node.object("tls")),
                node.optionalText("proxy"),
                node.duration("timeout", ConfigDefaults.STORE_TIMEOUT),
                (int) node.number("maxRetries", ConfigDefaults.STORE_RETRIES)));
    }

    private static TlsConfig tls(ConfigNode node) {
        return node.end(new TlsConfig(
                node.optionalText("caPem"),
                node.optionalText("caFile"),
                node.optionalText("caDirectory"),
                node.optionalText("serverName"),
                node.flag("skipVerify", false),
                node.optionalText("clientCertificateFile"),
                node.optionalText("clientKeyFile")));
    }

    private static AuthConfig auth(ConfigNode node) {
        String method = node.text("method", ConfigDefaults.AUTH_METHOD);
        return node.end(new AuthConfig(
                method,
                node.text("mount", method),
                node.optionalText("role"),
                node.optionalText("tokenFile"),
                node.optionalText("audience"),
                node.textMap("parameters"),
                node.duration("minBackoff", ConfigDefaults.MIN_BACKOFF),
                node.duration("maxBackoff", ConfigDefaults.MAX_BACKOFF),
                node.flag("exitOnError", false),
                node.optionalText("sinkFile")));
    }

    private static FileConfig file(ConfigNode node) {
        ConfigNode delimiters = node.optional("delimiters");
        return node.end(new FileConfig(
                node.requiredText("name"),
                node.requiredText("destination"),
                node.text("mode", ConfigDefaults.FILE_MODE),
                source(node),
                delimiters == null ? Delimiters.DEFAULT : delimiters(delimiters),
                node.flag("errorOnMissingKey", false),
                node.texts("notifications"),
                node.optionalText("command")));
    }

    private static Delimiters delimiters(ConfigNode node) {
        return node.end(new Delimiters(node.requiredText("left"), node.requiredText("right")));
    }

    /** A file is made of exactly one of three things, each a field of its own. */
    private static FileConfig.Source source(ConfigNode node) {
        ConfigNode secret = node.optional("secret");
        ConfigNode template = node.optional("templateFile");
        @Nullable String inline = node.optionalText("template");
        int given = (secret == null ? 0 : 1) + (template == null ? 0 : 1) + (inline == null ? 0 : 1);
        if (given != 1) {
            node.report("", "must have exactly one of secret, templateFile and template");
        }
        FileConfig.Source inFile = template == null ? null : templateFile(template);
        if (secret != null) {
            return secret(secret);
        }
        return inFile != null ? inFile : new FileConfig.InlineTemplate(inline == null ? "" : inline);
    }

    private static FileConfig.Source secret(ConfigNode node) {
        return node.end(
                new FileConfig.SecretSource(node.requiredText("path"), node.text("format", ConfigDefaults.FORMAT)));
    }

    private static FileConfig.Source templateFile(ConfigNode node) {
        return node.end(new FileConfig.TemplateFile(node.requiredText("file"), node.requiredText("origin")));
    }

    private static TemplateFolder folder(ConfigNode node) {
        return node.end(new TemplateFolder(
                node.requiredText("directory"),
                node.requiredText("origin"),
                node.requiredText("destination"),
                node.text("mode", ConfigDefaults.FILE_MODE)));
    }

    private static RefreshConfig refresh(ConfigNode node) {
        return node.end(new RefreshConfig(
                node.duration("interval", ConfigDefaults.REFRESH.interval()),
                node.optionalDecimal("renewalThreshold"),
                node.optionalText("refreshFile"),
                node.flag("exitOnRetryFailure", ConfigDefaults.REFRESH.exitOnRetryFailure())));
    }

    private static LifecycleConfig lifecycle(ConfigNode node) {
        LifecycleConfig fallback = ConfigDefaults.LIFECYCLE;
        return node.end(new LifecycleConfig(
                node.duration("initDeadline", fallback.initDeadline()),
                node.flag("revokeOnShutdown", fallback.revokeOnShutdown()),
                node.duration("revokeDelay", fallback.revokeDelay()),
                node.duration("overlap", fallback.overlap()),
                node.flag("sidecarFollows", fallback.sidecarFollows())));
    }

    private static ListenerConfig listener(ConfigNode node) {
        return node.end(new ListenerConfig(
                node.required("port") ? (int) node.number("port", 0) : 0, proxy(node.optional("proxy"))));
    }

    private static ListenerConfig.@Nullable ProxyConfig proxy(@Nullable ConfigNode node) {
        return node == null
                ? null
                : node.end(new ListenerConfig.ProxyConfig(
                        node.required("port") ? (int) node.number("port", 0) : 0,
                        node.text("useAutoAuthToken", ConfigDefaults.USE_AUTO_AUTH_TOKEN),
                        node.flag("enableQuit", false)));
    }

    private static LogConfig log(ConfigNode node) {
        return node.end(new LogConfig(
                node.text("level", LogConfig.DEFAULT.level()), node.text("format", LogConfig.DEFAULT.format())));
    }

    private static @Nullable VaultAgentConfig vaultAgent(@Nullable ConfigNode node) {
        return node == null
                ? null
                : node.end(new VaultAgentConfig(
                        node.optionalText("configDirectory"),
                        node.textMap("telemetry"),
                        node.number("maxConnectionsPerHost", 0),
                        node.texts("disableIdleConnections"),
                        node.texts("disableKeepAlives"),
                        node.flag("persistentCache", false),
                        node.flag("cacheExitOnError", false)));
    }
}
