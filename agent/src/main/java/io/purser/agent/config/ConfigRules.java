package io.purser.agent.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What must hold between the values of a configuration. */
final class ConfigRules {

    private static final Set<String> METHODS = Set.of("kubernetes", "jwt", "approle", "cert", "token_file");
    private static final Set<String> FORMATS =
            Set.of("json", "yaml", "env", "properties", "raw", "map", "peer-map", "peer-json");
    private static final Set<String> LEVELS = Set.of("trace", "debug", "info", "warn", "error");

    private final List<String> violations = new ArrayList<>();
    private final Map<String, String> destinations = new HashMap<>();

    private ConfigRules() {}

    static List<String> violations(AgentConfig config) {
        ConfigRules rules = new ConfigRules();
        rules.store(config.store());
        rules.auth(config);
        rules.volumes(config);
        each(config.files(), "files", (path, file) -> rules.file(path, file, config.volumes()));
        each(config.folders(), "folders", (path, folder) -> rules.folder(path, folder, config.volumes()));
        rules.times(config);
        rules.ports(config.listener());
        rules.oneOf("log.level", config.log().level(), LEVELS);
        rules.oneOf("log.format", config.log().format(), Set.of("text", "json"));
        return rules.violations;
    }

    private void store(StoreConfig store) {
        oneOf("store.kind", store.kind(), Set.of("vault"));
        if (!isUrl(store.address())) {
            report("store.address", "\"" + store.address() + "\" is not a URL such as https://vault.vault.svc:8200");
        }
        positive("store.timeout", !store.timeout().isZero());
        if (store.maxRetries() < 0) {
            report("store.maxRetries", "must not be negative");
        }
        optionalPath("store.tls.caFile", store.tls().caFile());
        optionalPath("store.tls.caDirectory", store.tls().caDirectory());
        optionalPath("store.tls.clientCertificateFile", store.tls().clientCertificateFile());
        optionalPath("store.tls.clientKeyFile", store.tls().clientKeyFile());
        if ((store.tls().clientCertificateFile() == null) != (store.tls().clientKeyFile() == null)) {
            report("store.tls", "needs both clientCertificateFile and clientKeyFile, or neither");
        }
    }

    private void auth(AgentConfig config) {
        AuthConfig auth = config.auth();
        oneOf("auth.method", auth.method(), METHODS);
        boolean byToken = auth.method().equals("kubernetes") || auth.method().equals("jwt");
        boolean completedInThePod =
                config.vaultAgent() != null && config.vaultAgent().configDirectory() != null;
        // A jwt mount may have a default role; a kubernetes mount has none.
        boolean needsRole = auth.method().equals("kubernetes") && !completedInThePod;
        if (needsRole && (auth.role() == null || auth.role().isEmpty())) {
            report("auth.role", "is needed for the method " + auth.method());
        }
        if (byToken && auth.tokenFile() == null) {
            report("auth.tokenFile", "is needed for the method " + auth.method());
        }
        optionalPath("auth.tokenFile", auth.tokenFile());
        if (auth.mount().isEmpty()) {
            report("auth.mount", "must not be empty");
        }
        positive("auth.minBackoff", !auth.minBackoff().isZero());
        if (auth.maxBackoff().compareTo(auth.minBackoff()) < 0) {
            report("auth.maxBackoff", "must not be shorter than auth.minBackoff");
        }
        if (auth.sinkFile() != null) {
            destination("auth.sinkFile", auth.sinkFile(), config.volumes());
        }
    }

    private void volumes(AgentConfig config) {
        each(config.volumes(), "volumes", this::path);
        path("stateDirectory", config.stateDirectory());
        if (isInside(config.stateDirectory(), config.volumes())
                || config.volumes().contains(config.stateDirectory())) {
            report("stateDirectory", "must not lie on a secret volume, which the application can read");
        }
    }

    private void file(String path, FileConfig file, List<String> volumes) {
        destination(path + ".destination", file.destination(), volumes);
        mode(path, file.mode());
        if (file.delimiters().left().isEmpty() || file.delimiters().right().isEmpty()) {
            report(path + ".delimiters", "must not be empty");
        }
        if (file.source() instanceof FileConfig.TemplateFile template) {
            path(path + ".templateFile.file", template.file());
        } else if (file.source() instanceof FileConfig.SecretSource secret) {
            oneOf(path + ".secret.format", secret.format(), FORMATS);
            if (secret.path().isEmpty()) {
                report(path + ".secret.path", "must not be empty");
            }
        }
    }

    private void folder(String path, TemplateFolder folder, List<String> volumes) {
        path(path + ".directory", folder.directory());
        mode(path, folder.mode());
        boolean onVolume = isInside(folder.destination(), volumes) || volumes.contains(folder.destination());
        if (path(path + ".destination", folder.destination()) && !onVolume) {
            report(path + ".destination", folder.destination() + " lies on none of the volumes " + volumes);
        }
    }

    private void times(AgentConfig config) {
        positive("refresh.interval", !config.refresh().interval().isZero());
        positive("lifecycle.initDeadline", !config.lifecycle().initDeadline().isZero());
        Double threshold = config.refresh().renewalThreshold();
        if (threshold != null && !(threshold > 0 && threshold <= 1)) {
            report("refresh.renewalThreshold", "must be above 0 and at most 1");
        }
        optionalPath("refresh.refreshFile", config.refresh().refreshFile());
        if (config.vaultAgent() != null) {
            optionalPath("vaultAgent.configDirectory", config.vaultAgent().configDirectory());
        }
    }

    private void ports(ListenerConfig listener) {
        Map<Integer, String> taken = new HashMap<>();
        port(taken, "listener.port", listener.port());
        if (listener.proxy() != null) {
            port(taken, "listener.proxy.port", listener.proxy().port());
            oneOf(
                    "listener.proxy.useAutoAuthToken",
                    listener.proxy().useAutoAuthToken(),
                    Set.of("true", "force", "false"));
        }
    }

    private void port(Map<Integer, String> taken, String path, int port) {
        if (port < 1 || port > 65535) {
            report(path, "must be a port between 1 and 65535");
            return;
        }
        String other = taken.putIfAbsent(port, path);
        if (other != null) {
            report(path, "is the same port as " + other);
        }
    }

    private void destination(String path, String destination, List<String> volumes) {
        if (!path(path, destination)) {
            return;
        }
        if (!isInside(destination, volumes)) {
            report(path, destination + " lies on none of the volumes " + volumes);
        }
        String other = destinations.putIfAbsent(destination, path);
        if (other != null) {
            report(path, destination + " is the destination of " + other + " too");
        }
    }

    private void mode(String path, String mode) {
        if (!mode.matches("0?[0-7]{3}")) {
            report(path + ".mode", "\"" + mode + "\" is not a file mode such as 0640");
        }
    }

    private void optionalPath(String path, @Nullable String value) {
        if (value != null) {
            path(path, value);
        }
    }

    /** An absolute path in its shortest form: no {@code .}, {@code ..} or empty part that could lead elsewhere. */
    private boolean path(String path, String value) {
        boolean good = value.startsWith("/") && value.indexOf('\0') < 0;
        for (String part : value.substring(good ? 1 : 0).split("/", -1)) {
            good &= !part.isEmpty() && !part.equals(".") && !part.equals("..");
        }
        if (!good) {
            report(path, "\"" + value + "\" must be an absolute path without . and ..");
        }
        return good;
    }

    /** Whether a host follows the scheme. */
    private static boolean isUrl(String text) {
        int host = text.startsWith("https://") ? 8 : text.startsWith("http://") ? 7 : text.length();
        boolean good = host < text.length() && text.charAt(host) != '/';
        for (int i = 0; i < text.length(); i++) {
            good &= !Character.isWhitespace(text.charAt(i));
        }
        return good;
    }

    private void oneOf(String path, String value, Set<String> known) {
        if (!known.contains(value)) {
            report(
                    path,
                    "\"" + value + "\" must be one of "
                            + String.join(", ", known.stream().sorted().toList()));
        }
    }

    private void positive(String path, boolean positive) {
        if (!positive) {
            report(path, "must be longer than 0");
        }
    }

    private void report(String path, String mistake) {
        violations.add(path + " " + mistake);
    }

    private static boolean isInside(String path, List<String> directories) {
        for (String directory : directories) {
            if (path.startsWith(directory + "/")) {
                return true;
            }
        }
        return false;
    }

    private static <T> void each(List<T> values, String name, BiConsumer<String, T> check) {
        for (int i = 0; i < values.size(); i++) {
            check.accept(name + "[" + i + "]", values.get(i));
        }
    }
}
