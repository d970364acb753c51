package io.purser.local.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.purser.agent.config.AgentConfig;
import io.purser.local.cluster.InvalidManifestException;
import io.purser.local.kubelet.ContainerProcess;
import io.purser.local.kubelet.ContainerRoot;
import io.purser.local.kubelet.PodSandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One admitted pod on this machine, from its volumes to its end. */
final class PodTrial {

    private static final String READY = "/readyz";
    private static final Duration AGENT_GRACE = Duration.ofSeconds(10);
    private static final Duration APPLICATION_GRACE = Duration.ofSeconds(3);

    private final Surroundings around;
    private final ObjectNode pod;
    private final PodSandbox sandbox;
    private final @Nullable AgentConfig podConfig;
    private final List<ContainerProcess> agents = new CopyOnWriteArrayList<>();
    private final List<ContainerProcess> applications = new CopyOnWriteArrayList<>();
    private final FileMasks masks = new FileMasks();
    private volatile boolean stopped;

    /**
     * What all pods of a trial share.
     *
     * @param options what was asked for
     * @param console what a person sees
     * @param store the secret store
     */
    record Surroundings(TrialOptions options, Console console, TrialStore store) {}

    PodTrial(Surroundings around, ObjectNode pod, PodSandbox sandbox) throws TrialException {
        this.around = around;
        this.pod = pod;
        this.sandbox = sandbox;
        this.podConfig = agentConfig(pod);
    }

    private static @Nullable AgentConfig agentConfig(JsonNode pod) throws TrialException {
        for (String list : List.of("initContainers", "containers")) {
            for (JsonNode container : pod.at("/spec/" + list)) {
                for (JsonNode variable : container.path("env")) {
                    if (variable.path("name").asText().equals("PURSER_CONFIG")) {
                        return AgentProgram.read(variable.path("value").asText());
                    }
                }
            }
        }
        return null;
    }

    /** The agent's configuration as the webhook wrote it, or null for a pod without an agent. */
    @Nullable
    AgentConfig config() {
        return podConfig;
    }

    String name() {
        return pod.at("/metadata/name").asText();
    }

    /** Init containers in order, each sidecar until it has started, then the others. */
    void start() throws TrialException, InvalidManifestException, IOException, InterruptedException {
        sandbox.volumes().create();
        for (JsonNode container : pod.at("/spec/initContainers")) {
            boolean sidecar = container.path("restartPolicy").asText().equals("Always");
            if (!TrialAgent.isOne(container)) {
                application(container);
            } else if (sidecar) {
                startAgent(container)
                        .awaitReady(container.at("/startupProbe/httpGet/path").asText(READY));
            } else {
                TrialAgent init = startAgent(container);
                init.awaitEnd();
                agents.remove(init.process());
            }
        }
        List<TrialAgent> sidecars = new ArrayList<>();
        for (JsonNode container : pod.at("/spec/containers")) {
            if (TrialAgent.isOne(container)) {
                sidecars.add(startAgent(container));
            } else {
                application(container);
            }
        }
        for (TrialAgent sidecar : sidecars) {
            sidecar.awaitReady(READY);
        }
    }

    private TrialAgent startAgent(JsonNode container) throws TrialException, InvalidManifestException, IOException {
        TrialAgent agent = TrialAgent.start(around, sandbox, container, masks);
        keep(agents, agent.process());
        return agent;
    }

    private void application(JsonNode container) throws InvalidManifestException, IOException, InterruptedException {
        String name = container.path("name").asText();
        ContainerRoot root = sandbox.root(container);
        List<String> command = sandbox.command(container, root);
        if (command.isEmpty()) {
            around.console()
                    .step(
                            "container",
                            name + " is not run: what its image "
                                    + container.path("image").asText() + " starts is not on this machine");
            return;
        }
        around.console().step("container", name + " runs: " + String.join(" ", command));
        files().read().values().forEach(file -> around.console().learn(file, masks.of(file.path())));
        ContainerProcess process = ContainerProcess.start(
                name, command, sandbox.environment(container, root), root.path(), line -> around.console()
                        .output(name, line));
        keep(applications, process);
        if (isInit(container)) {
            while (!process.await(Duration.ofSeconds(1))) {
                around.console().step("container", name + " is still running");
            }
        }
    }

    /** A process that was started while the trial was being ended (Ctrl-C) is ended too. */
    private void keep(List<ContainerProcess> processes, ContainerProcess process) {
        processes.add(process);
        if (stopped) {
            process.stop(APPLICATION_GRACE);
        }
    }

    private boolean isInit(JsonNode container) {
        for (JsonNode init : pod.at("/spec/initContainers")) {
            if (init.path("name").equals(container.path("name"))) {
                return !init.path("restartPolicy").asText().equals("Always");
            }
        }
        return false;
    }

    /** The files on the secret volumes, as the first application container that mounts them sees them. */
    SecretFiles files() {
        TreeMap<String, Path> volumes = new TreeMap<>();
        AgentConfig config = podConfig;
        if (config == null) {
            return new SecretFiles(volumes);
        }
        List<String> secret = sandbox.volumesAt(config.volumes(), TrialAgent::isOne);
        for (JsonNode container : pod.at("/spec/containers")) {
            for (JsonNode mount : container.path("volumeMounts")) {
                String volume = mount.path("name").asText();
                if (!TrialAgent.isOne(container) && secret.contains(volume)) {
                    volumes.putIfAbsent(
                            mount.path("mountPath").asText(), sandbox.volumes().path(volume));
                }
            }
        }
        return new SecretFiles(volumes);
    }

    /** How its files are shown. */
    FileMasks masks() {
        return masks;
    }

    /** Whether an agent stays to follow a rotation. */
    boolean follows() {
        return agents.stream().anyMatch(ContainerProcess::alive);
    }

    /** Tells the agent to fetch everything, as {@code kubectl annotate} does; false where the pod has no such way. */
    boolean refresh() throws InvalidManifestException, IOException {
        AgentConfig config = podConfig;
        if (config == null || config.refresh().refreshFile() == null) {
            return false;
        }
        pod.withObject("/metadata/annotations").put("purser.io/refresh", "try-" + System.nanoTime());
        sandbox.volumes().refresh();
        return true;
    }

    /** Waits for the application of a pod that is not meant to stay; returns its exit code, or 0 without one. */
    int awaitApplications(Duration most) throws InterruptedException {
        int code = 0;
        for (ContainerProcess application : applications) {
            if (application.await(most)) {
                code = Math.max(code, application.exitCode());
            }
        }
        return code;
    }

    /** Ends everything: the application first, then the agents, which revoke what they hold. */
    void stop() {
        stopped = true;
        applications.forEach(application -> application.stop(APPLICATION_GRACE));
        for (int i = agents.size() - 1; i >= 0; i--) {
            agents.get(i).stop(AGENT_GRACE);
        }
    }
}
