package io.purser.agent.config;

import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns the records into JSON, in the order of their components, less what has its default. */
final class AgentConfigWriter {

    private AgentConfigWriter() {}

    static JsonObject json(AgentConfig config) {
        JsonObject json = new JsonObject();
        json.add("version", AgentConfig.VERSION);
        json.add("store", store(config.store()));
        addObject(json, "auth", auth(config.auth()));
        addObjects(
                json,
                "files",
                config.files().stream().map(AgentConfigWriter::file).toList());
        addObjects(
                json,
                "folders",
                config.folders().stream().map(AgentConfigWriter::folder).toList());
        addTexts(json, "volumes", config.volumes());
        addFlag(json, "atomicSet", config.atomicSet(), false);
        json.add("stateDirectory", config.stateDirectory());
        addObject(json, "refresh", refresh(config.refresh()));
        addObject(json, "lifecycle", lifecycle(config.lifecycle()));
        json.add("listener", listener(config.listener()));
        JsonObject log = new JsonObject();
        addText(log, "level", config.log().level(), LogConfig.DEFAULT.level());
        addText(log, "format", config.log().format(), LogConfig.DEFAULT.format());
        addObject(json, "log", log);
        if (config.vaultAgent() != null) {
            json.add("vaultAgent", vaultAgent(config.vaultAgent()));
        }
        return json;
    }

    private static JsonObject store(StoreConfig store) {
        JsonObject json = new JsonObject();
        addText(json, "kind", store.kind(), ConfigDefaults.STORE_KIND);
        json.add("address", store.address());
        addText(json, "namespace", store.namespace(), null);
        JsonObject tls = new JsonObject();
        addText(tls, "caPem", store.tls().caPem(), null);
        addText(tls, "caFile", store.tls().caFile(), null);
        addText(tls, "caDirectory", store.tls().caDirectory(), null);
        addText(tls, "serverName", store.tls().serverName(), null);
        addFlag(tls, "skipVerify", store.tls().skipVerify(), false);
        addText(tls, "clientCertificateFile", store.tls().clientCertificateFile(), null);
        addText(tls, "clientKeyFile", store.tls().clientKeyFile(), null);
        addObject(json, "tls", tls);
        addText(json, "proxy", store.proxy(), null);
        addDuration(json, "timeout", store.timeout(), ConfigDefaults.STORE_TIMEOUT);
        if (store.maxRetries() != ConfigDefaults.STORE_RETRIES) {
            json.add("maxRetries", store.maxRetries());
        }
        return json;
    }

    private static JsonObject auth(AuthConfig auth) {
        JsonObject json = new JsonObject();
        addText(json, "method", auth.method(), ConfigDefaults.AUTH_METHOD);
        addText(json, "mount", auth.mount(), auth.method());
        addText(json, "role", auth.role(), null);
        addText(json, "tokenFile", auth.tokenFile(), null);
        addText(json, "audience", auth.audience(), null);
        addObject(json, "parameters", textMap(auth.parameters()));
        addDuration(json, "minBackoff", auth.minBackoff(), ConfigDefaults.MIN_BACKOFF);
        addDuration(json, "maxBackoff", auth.maxBackoff(), ConfigDefaults.MAX_BACKOFF);
        addFlag(json, "exitOnError", auth.exitOnError(), false);
        addText(json, "sinkFile", auth.sinkFile(), null);
        return json;
    }

    private static JsonObject file(FileConfig file) {
        JsonObject json = new JsonObject();
        json.add("name", file.name());
        json.add("destination", file.destination());
        addText(json, "mode", file.mode(), ConfigDefaults.FILE_MODE);
        addSource(json, file.source());
        if (!file.delimiters().isDefault()) {
            json.add(
                    "delimiters",
                    new JsonObject()
                            .add("left", file.delimiters().left())
                            .add("right", file.delimiters().right()));
        }
        addFlag(json, "errorOnMissingKey", file.errorOnMissingKey(), false);
        addTexts(json, "notifications", file.notifications());
        addText(json, "command", file.command(), null);
        return json;
    }

    private static void addSource(JsonObject json, FileConfig.Source source) {
        if (source instanceof FileConfig.SecretSource secret) {
            JsonObject inner = new JsonObject().add("path", secret.path());
            addText(inner, "format", secret.format(), ConfigDefaults.FORMAT);
            json.add("secret", inner);
        } else if (source instanceof FileConfig.TemplateFile template) {
            json.add(
                    "templateFile",
                    new JsonObject().add("file", template.file()).add("origin", template.origin()));
        } else if (source instanceof FileConfig.InlineTemplate inline) {
            json.add("template", inline.text());
        }
    }

    private static JsonObject folder(TemplateFolder folder) {
        JsonObject json = new JsonObject();
        json.add("directory", folder.directory());
        json.add("origin", folder.origin());
        json.add("destination", folder.destination());
        addText(json, "mode", folder.mode(), ConfigDefaults.FILE_MODE);
        return json;
    }

    private static JsonObject refresh(RefreshConfig refresh) {
        JsonObject json = new JsonObject();
        addDuration(json, "interval", refresh.interval(), ConfigDefaults.REFRESH.interval());
        if (refresh.renewalThreshold() != null) {
            json.add("renewalThreshold", refresh.renewalThreshold().doubleValue());
        }
        addText(json, "refreshFile", refresh.refreshFile(), null);
        addFlag(json, "exitOnRetryFailure", refresh.exitOnRetryFailure(), ConfigDefaults.REFRESH.exitOnRetryFailure());
        return json;
    }

    private static JsonObject lifecycle(LifecycleConfig lifecycle) {
        LifecycleConfig fallback = ConfigDefaults.LIFECYCLE;
        JsonObject json = new JsonObject();
        addDuration(json, "initDeadline", lifecycle.initDeadline(), fallback.initDeadline());
        addFlag(json, "revokeOnShutdown", lifecycle.revokeOnShutdown(), fallback.revokeOnShutdown());
        addDuration(json, "revokeDelay", lifecycle.revokeDelay(), fallback.revokeDelay());
        addDuration(json, "overlap", lifecycle.overlap(), fallback.overlap());
        addFlag(json, "sidecarFollows", lifecycle.sidecarFollows(), fallback.sidecarFollows());
        return json;
    }

    private static JsonObject listener(ListenerConfig listener) {
        JsonObject json = new JsonObject().add("port", listener.port());
        ListenerConfig.ProxyConfig proxy = listener.proxy();
        if (proxy != null) {
            JsonObject inner = new JsonObject().add("port", proxy.port());
            addText(inner, "useAutoAuthToken", proxy.useAutoAuthToken(), ConfigDefaults.USE_AUTO_AUTH_TOKEN);
            addFlag(inner, "enableQuit", proxy.enableQuit(), false);
            json.add("proxy", inner);
        }
        return json;
    }

    private static JsonObject vaultAgent(VaultAgentConfig config) {
        JsonObject json = new JsonObject();
        addText(json, "configDirectory", config.configDirectory(), null);
        addObject(json, "telemetry", textMap(config.telemetry()));
        if (config.maxConnectionsPerHost() != 0) {
            json.add("maxConnectionsPerHost", config.maxConnectionsPerHost());
        }
        addTexts(json, "disableIdleConnections", config.disableIdleConnections());
        addTexts(json, "disableKeepAlives", config.disableKeepAlives());
        addFlag(json, "persistentCache", config.persistentCache(), false);
        addFlag(json, "cacheExitOnError", config.cacheExitOnError(), false);
        return json;
    }

    private static void addText(JsonObject json, String name, @Nullable String value, @Nullable String fallback) {
        if (value != null && !value.equals(fallback)) {
            json.add(name, value);
        }
    }

    private static void addFlag(JsonObject json, String name, boolean value, boolean fallback) {
        if (value != fallback) {
            json.add(name, value);
        }
    }

    private static void addDuration(JsonObject json, String name, Duration value, Duration fallback) {
        if (!value.equals(fallback)) {
            json.add(name, WireDuration.format(value));
        }
    }

    private static void addObject(JsonObject json, String name, JsonObject value) {
        if (!value.isEmpty()) {
            json.add(name, value);
        }
    }

    private static void addObjects(JsonObject json, String name, Collection<JsonObject> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        if (!array.isEmpty()) {
            json.add(name, array);
        }
    }

    private static void addTexts(JsonObject json, String name, Collection<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        if (!array.isEmpty()) {
            json.add(name, array);
        }
    }

    private static JsonObject textMap(Map<String, String> map) {
        JsonObject json = new JsonObject();
        new TreeMap<>(map).forEach(json::add);
        return json;
    }
}
