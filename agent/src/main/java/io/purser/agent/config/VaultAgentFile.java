package io.purser.agent.config;

import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import io.purser.agent.config.hcl.Hcl;
import io.purser.agent.config.hcl.HclException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A configuration file of Vault's own agent ({@code config.hcl}), as a pod with the annotation {@code agent-configmap} brings
 * it. What it says comes first; the webhook's configuration fills in the rest.
 */
public final class VaultAgentFile {

    private final JsonObject file;
    private final AgentConfig base;

    private VaultAgentFile(JsonObject file, AgentConfig base) {
        this.file = file;
        this.base = base;
    }

    /**
     * The configuration with what the file says.
     *
     * @param name of the file, for messages
     * @param text HCL
     * @throws AgentConfigException if it cannot be read, or what comes of it is no good configuration
     */
    public static AgentConfig merge(String name, String text, AgentConfig base) throws AgentConfigException {
        AgentConfig merged;
        try {
            merged = new VaultAgentFile(Hcl.parse(text), base).merged();
        } catch (HclException e) {
            throw new AgentConfigException(List.of(name + " is not HCL: " + e.getMessage()));
        }
        List<String> violations = ConfigRules.violations(merged);
        if (!violations.isEmpty()) {
            throw new AgentConfigException(violations.stream()
                    .map(violation -> name + ": " + violation)
                    .toList());
        }
        return merged;
    }

    private AgentConfig merged() {
        List<FileConfig> files = new ArrayList<>(base.files());
        for (JsonObject template : blocks(file, "template")) {
            files.add(template(template, files.size() + 1));
        }
        return new AgentConfig(
                store(block(file, "vault")),
                auth(block(file, "auto_auth")),
                files,
                base.folders(),
                base.volumes(),
                base.atomicSet(),
                base.stateDirectory(),
                refresh(block(file, "template_config")),
                base.lifecycle(),
                base.listener(),
                base.log(),
                base.vaultAgent());
    }

    private StoreConfig store(JsonObject vault) {
        StoreConfig store = base.store();
        TlsConfig tls = store.tls();
        String caFile = text(vault, "ca_cert", tls.caFile());
        return new StoreConfig(
                store.kind(),
                String.valueOf(text(vault, "address", store.address())),
                text(vault, "namespace", text(method(), "namespace", store.namespace())),
                new TlsConfig(
                        vault.get("ca_cert") == null ? tls.caPem() : null,
                        caFile,
                        text(vault, "ca_path", tls.caDirectory()),
                        text(vault, "tls_server_name", tls.serverName()),
                        flag(vault, "tls_skip_verify", tls.skipVerify()),
                        text(vault, "client_cert", tls.clientCertificateFile()),
                        text(vault, "client_key", tls.clientKeyFile())),
                store.proxy(),
                store.timeout(),
                store.maxRetries());
    }

    private AuthConfig auth(JsonObject autoAuth) {
        AuthConfig auth = base.auth();
        JsonObject method = method();
        if (method.isEmpty()) {
            return auth;
        }
        JsonObject settings = block(method, "config");
        String type = String.valueOf(text(method, "type", auth.method()));
        Map<String, String> parameters = new LinkedHashMap<>();
        for (JsonObject.Member setting : settings) {
            boolean known =
                    setting.getName().equals("role") || setting.getName().equals("token_path");
            if (!known && !setting.getValue().isArray()) {
                parameters.put(setting.getName(), plain(setting.getValue()));
            }
        }
        if (type.equals("approle")) {
            parameters.putIfAbsent(AuthConfig.REMOVE_SECRET_ID, "true"); // as Vault's agent has it
        }
        String mount = String.valueOf(text(method, "mount_path", "auth/" + type));
        return new AuthConfig(
                type,
                mount.replaceFirst("^/?auth/", "").replaceFirst("/+$", ""),
                text(settings, "role", auth.role()),
                text(settings, "token_path", text(settings, "path", auth.tokenFile())),
                auth.audience(),
                parameters,
                duration(method, "min_backoff", auth.minBackoff()),
                duration(method, "max_backoff", auth.maxBackoff()),
                flag(method, "exit_on_err", auth.exitOnError()),
                sink(autoAuth));
    }

    /** A sink that is not on a secret volume served Vault's agent alone. */
    private @Nullable String sink(JsonObject autoAuth) {
        for (JsonObject sink : blocks(autoAuth, "sink")) {
            JsonObject inner = sink.get("file") instanceof JsonArray ? block(sink, "file") : sink;
            String path = text(block(inner, "config"), "path", null);
            if (path != null && base.volumes().stream().anyMatch(volume -> path.startsWith(volume + "/"))) {
                return path;
            }
        }
        return base.auth().sinkFile();
    }

    /** {@code method "kubernetes" {…}} or {@code method { type = "kubernetes" … }}. */
    private JsonObject method() {
        JsonObject method = block(block(file, "auto_auth"), "method");
        boolean labelled =
                method.size() == 1 && method.get(method.names().get(0)).isArray();
        if (!labelled || method.names().get(0).equals("config")) {
            return method;
        }
        String type = method.names().get(0);
        return block(method, type).add("type", type);
    }

    private FileConfig template(JsonObject template, int number) {
        String destination = String.valueOf(text(template, "destination", ""));
        String name = destination.substring(destination.lastIndexOf('/') + 1);
        String source = text(template, "source", null);
        FileConfig.Source made = source == null
                ? new FileConfig.InlineTemplate(String.valueOf(text(template, "contents", "")))
                : new FileConfig.TemplateFile(source, source);
        return new FileConfig(
                name.isEmpty() ? "template " + number : name,
                destination,
                mode(template.get("perms")),
                made,
                new Delimiters(
                        String.valueOf(text(template, "left_delimiter", "{{")),
                        String.valueOf(text(template, "right_delimiter", "}}"))),
                flag(template, "error_on_missing_key", false),
                List.of(),
                command(template));
    }

    /** {@code "0640"} or {@code 0640}, which HCL reads as octal. */
    private static String mode(@Nullable JsonValue perms) {
        if (perms == null) {
            return ConfigDefaults.FILE_MODE;
        }
        return perms.isNumber() ? "0" + Long.toOctalString(perms.asLong()) : perms.asString();
    }

    private static @Nullable String command(JsonObject template) {
        JsonValue command = block(template, "exec").get("command");
        if (command == null) {
            return text(template, "command", null);
        }
        if (!command.isArray()) {
            return plain(command);
        }
        // Each word in single quotes, since the shell reads the line again.
        List<String> words = new ArrayList<>();
        command.asArray().forEach(word -> words.add("'" + plain(word).replace("'", "'\\''") + "'"));
        return String.join(" ", words);
    }

    private RefreshConfig refresh(JsonObject settings) {
        RefreshConfig refresh = base.refresh();
        JsonValue given = settings.get("lease_renewal_threshold");
        Double threshold = refresh.renewalThreshold();
        if (given != null && given.isNumber()) {
            threshold = given.asDouble();
        }
        return new RefreshConfig(
                duration(settings, "static_secret_render_interval", refresh.interval()),
                threshold,
                refresh.refreshFile(),
                flag(settings, "exit_on_retry_failure", refresh.exitOnRetryFailure()));
    }

    private static List<JsonObject> blocks(JsonObject object, String name) {
        List<JsonObject> blocks = new ArrayList<>();
        JsonValue value = object.get(name);
        if (value != null && value.isArray()) {
            value.asArray().forEach(one -> {
                if (one.isObject()) {
                    blocks.add(one.asObject());
                }
            });
        } else if (value != null && value.isObject()) {
            blocks.add(value.asObject());
        }
        return blocks;
    }

    private static JsonObject block(JsonObject object, String name) {
        List<JsonObject> blocks = blocks(object, name);
        return blocks.isEmpty() ? new JsonObject() : blocks.get(0);
    }

    private static @Nullable String text(JsonObject object, String name, @Nullable String fallback) {
        JsonValue value = object.get(name);
        return value == null || value.isObject() || value.isArray() ? fallback : plain(value);
    }

    private static boolean flag(JsonObject object, String name, boolean fallback) {
        JsonValue value = object.get(name);
        return value == null ? fallback : plain(value).equals("true");
    }

    /** A text such as {@code "5m"}, or a number of seconds. */
    private static Duration duration(JsonObject object, String name, Duration fallback) {
        JsonValue value = object.get(name);
        if (value == null) {
            return fallback;
        }
        return value.isNumber()
                ? Duration.ofSeconds(value.asLong())
                : WireDuration.parse(value.asString()).orElse(fallback);
    }

    private static String plain(JsonValue value) {
        return value.isString() ? value.asString() : value.toString();
    }
}
