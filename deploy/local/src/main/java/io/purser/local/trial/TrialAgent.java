package io.purser.local.trial;

import com.fasterxml.jackson.databind.JsonNode;
import io.purser.agent.config.AgentConfig;
import io.purser.agent.config.AgentConfigJson;
import io.purser.local.cluster.InvalidManifestException;
import io.purser.local.kubelet.ContainerProcess;
import io.purser.local.kubelet.ContainerRoot;
import io.purser.local.kubelet.PodSandbox;
import io.purser.local.machine.FreePort;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An agent's container as a process of this machine.
 *
 * @param port of its probes
 * @param began on the clock of {@link System#nanoTime}
 */
record TrialAgent(PodTrial.Surroundings around, ContainerProcess process, int port, Duration began) {

    /** Whether a container is an agent's. */
    static boolean isOne(JsonNode container) {
        return container.path("command").path(0).asText().equals(AgentProgram.IN_IMAGE);
    }

    /** Starts the agent of {@code container}, told of this machine's store and ports, and notes how its files are shown. */
    static TrialAgent start(PodTrial.Surroundings around, PodSandbox sandbox, JsonNode container, FileMasks masks)
            throws TrialException, InvalidManifestException, IOException {
        TrialOptions options = around.options();
        ContainerRoot root = sandbox.root(container);
        Map<String, String> environment = sandbox.environment(container);
        AgentConfig config = AgentProgram.read(environment.getOrDefault("PURSER_CONFIG", ""));
        masks.learn(config, root);
        int port = FreePort.next();
        boolean told = config.refresh().refreshFile() != null && options.vault() == null;
        AgentProgram.Laptop laptop = new AgentProgram.Laptop(
                around.store().address().toString(),
                around.store().caPem(),
                options.timeout(),
                told ? null : Duration.ofSeconds(2),
                options.logLevel(),
                port);
        environment.put("PURSER_CONFIG", AgentConfigJson.write(AgentProgram.adapt(config, laptop)));
        List<String> arguments = new ArrayList<>();
        boolean program = true;
        for (JsonNode word : container.path("command")) {
            if (!program) {
                arguments.add(word.asText());
            }
            program = false;
        }
        container.path("args").forEach(argument -> arguments.add(argument.asText()));
        String name = container.path("name").asText();
        ContainerProcess process = ContainerProcess.start(
                name, AgentProgram.command(root.path(), arguments), environment, root.path(), line -> around.console()
                        .output(name, line));
        around.console().step("agent", name + " runs as process " + process.pid());
        return new TrialAgent(around, process, port, Duration.ofNanos(System.nanoTime()));
    }

    /** Waits until it has rendered everything and ended. */
    void awaitEnd() throws TrialException, InterruptedException {
        Watch watch = new Watch(around);
        while (!process.await(Duration.ofMillis(50))) {
            watch.check(process);
        }
        if (process.exitCode() != 0) {
            throw watch.failed(process);
        }
        around.console().step("agent", process.name() + " has rendered everything and ended");
    }

    /** Waits until its probe succeeds at {@code path}. */
    void awaitReady(String path) throws TrialException, InterruptedException {
        Watch watch = new Watch(around);
        while (!Probe.succeeds(port, path)) {
            if (process.await(Duration.ofMillis(50))) {
                throw watch.failed(process);
            }
            watch.check(process);
        }
        Duration took = Duration.ofNanos(System.nanoTime()).minus(began);
        around.console().step("agent", process.name() + " is ready after " + Console.seconds(took));
    }
}
