package io.purser.local.trial;

import io.purser.agent.config.AgentConfig;
import io.purser.agent.config.AgentConfigException;
import io.purser.agent.config.AgentConfigJson;
import io.purser.agent.config.LifecycleConfig;
import io.purser.agent.config.ListenerConfig;
import io.purser.agent.config.LogConfig;
import io.purser.agent.config.RefreshConfig;
import io.purser.agent.config.StoreConfig;
import io.purser.agent.config.TlsConfig;
import io.purser.local.machine.FreePort;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The agent as a process on this machine: its command, and its configuration with what a laptop has in other places. */
final class AgentProgram {

    /** The program in the agent's image. */
    static final String IN_IMAGE = "/opt/purser/bin/purser-agent";

    private static final String MAIN = "io.purser.agent.run.Main";

    /** One class of each library that the agent's image has. */
    private static final List<String> LIBRARIES =
            List.of("com.bettercloud.vault.json.JsonObject", "com.google.re2j.Pattern", "org.yaml.snakeyaml.Yaml");

    private AgentProgram() {}

    /**
     * The command that runs the agent below a container's root.
     *
     * @param arguments the container's own
     */
    static List<String> command(Path root, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp"));
        command.add(String.join(File.pathSeparator, classPath()));
        command.addAll(List.of(MAIN, "--root", root.toString()));
        command.addAll(arguments);
        return command;
    }

    private static Set<String> classPath() {
        Set<String> path = new LinkedHashSet<>();
        path.add(place(AgentConfig.class));
        for (String library : LIBRARIES) {
            try {
                path.add(place(Class.forName(library, false, AgentProgram.class.getClassLoader())));
            } catch (ClassNotFoundException e) {
                // then this build's agent does without it
            }
        }
        return path;
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class path has an entry that is no file", e);
        }
    }

    /**
     * What a laptop changes in a pod's configuration.
     *
     * @param store its address takes the place of the pod's
     * @param caPem the store's CA certificates, or null
     * @param timeout the agent's init deadline
     * @param interval the longest wait between two reads of a static secret, or null for the pod's own
     * @param logLevel the agent's
     * @param port a free one, for the listener
     */
    record Laptop(
            String store,
            @Nullable String caPem,
            Duration timeout,
            @Nullable Duration interval,
            String logLevel,
            int port) {}

    /** Reads a pod's configuration. */
    static AgentConfig read(String json) throws TrialException {
        try {
            return AgentConfigJson.read(json);
        } catch (AgentConfigException e) {
            throw TrialException.outside("the webhook wrote a configuration that the agent refuses: " + e.getMessage());
        }
    }

    /** The configuration for a process here: everything but the changes of {@code laptop} is the pod's own. */
    static AgentConfig adapt(AgentConfig pod, Laptop laptop) throws IOException {
        StoreConfig store = pod.store();
        TlsConfig tls = new TlsConfig(
                laptop.caPem(),
                null,
                null,
                null,
                false,
                store.tls().clientCertificateFile(),
                store.tls().clientKeyFile());
        RefreshConfig refresh = pod.refresh();
        Duration interval = laptop.interval();
        Duration reread =
                interval != null && interval.compareTo(refresh.interval()) < 0 ? interval : refresh.interval();
        LifecycleConfig life = pod.lifecycle();
        ListenerConfig listener = pod.listener();
        ListenerConfig.ProxyConfig proxy = listener.proxy();
        return new AgentConfig(
                new StoreConfig(
                        store.kind(),
                        laptop.store(),
                        store.namespace(),
                        tls,
                        null,
                        store.timeout(),
                        store.maxRetries()),
                pod.auth(),
                pod.files(),
                pod.folders(),
                pod.volumes(),
                pod.atomicSet(),
                pod.stateDirectory(),
                // Whoever waits at the laptop gets an answer, also for a pod that would go on trying.
                new RefreshConfig(reread, refresh.renewalThreshold(), refresh.refreshFile(), true),
                new LifecycleConfig(
                        laptop.timeout(),
                        life.revokeOnShutdown(),
                        Duration.ZERO,
                        life.overlap(),
                        life.sidecarFollows()),
                new ListenerConfig(
                        laptop.port(),
                        proxy == null
                                ? null
                                : new ListenerConfig.ProxyConfig(
                                        FreePort.next(), proxy.useAutoAuthToken(), proxy.enableQuit())),
                new LogConfig(laptop.logLevel(), pod.log().format()),
                pod.vaultAgent());
    }
}
