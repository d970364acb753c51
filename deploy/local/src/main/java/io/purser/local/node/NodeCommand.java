package io.purser.local.node;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a real node of this machine and tries everything on it. */
@Command(
        name = "node",
        description = {
            "Tries the shipped manifests and images on a real kubelet and containerd of this machine.",
            "Makes a Kubernetes node of it (kube-apiserver, etcd, kubelet, containerd), with a real OpenBao and PostgreSQL"
                    + " beside it, runs every example in both shapes of the agent, and tries rotation, expiry, drain and"
                    + " crashes. Needs root; says what it lacks; takes its traces away at the end."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class NodeCommand implements Callable<Integer> {

    @Option(
            names = "--webhook-image",
            paramLabel = "NAME",
            defaultValue = "localhost/purser-webhook:0.1.0",
            description = "podman's name of the webhook's image (default: ${DEFAULT-VALUE})")
    private String webhookImage = "";

    @Option(
            names = "--agent-image",
            paramLabel = "NAME",
            defaultValue = "localhost/purser-agent:0.1.0",
            description = "podman's name of the agent's image; the one with a shell has -shell after it"
                    + " (default: ${DEFAULT-VALUE})")
    private String agentImage = "";

    @Option(
            names = "--pods",
            paramLabel = "NUMBER",
            defaultValue = "5",
            description = "that memory and start are measured with (default: ${DEFAULT-VALUE})")
    private int pods;

    @Option(
            names = "--only",
            paramLabel = "PART",
            description = "of the trials: ${COMPLETION-CANDIDATES}; may be repeated (default: all)")
    private Set<Part> only = EnumSet.allOf(Part.class);

    @Option(names = "--keep", description = "leaves the run's folder, with the logs of all parts")
    private boolean keep;

    /** What is tried on the node. */
    enum Part {
        EXAMPLES,
        CHANGES,
        CRASHES,
        FIGURES,
        /** The figures of the same pod made by vault-k8s and by ours. */
        PEER
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        Programs programs = Programs.find();
        Images images = new Images(webhookImage, agentImage);
        List<String> lacking = new ArrayList<>(programs.lacking());
        if (lacking.isEmpty()) {
            lacking.addAll(images.lacking(programs));
        }
        if (!lacking.isEmpty()) {
            lacking.forEach(sentence -> err.println("purser node: " + sentence));
            err.flush();
            return 3;
        }
        Path home = Path.of(System.getProperty("purser.home", "."));
        Path folder = Files.createTempDirectory("purser-node-");
        try {
            Report report = new Report(spec.commandLine().getOut());
            return new NodeRun(programs, images, report, new NodeRun.Trials(only, pods)).run(home, folder) ? 0 : 1;
        } catch (NodeException | KubernetesClientException e) {
            err.println("purser node: " + Report.reason(e));
            err.flush();
            keep = true;
            return 3;
        } finally {
            if (keep) {
                err.println("purser node: the logs are in " + folder);
                err.flush();
            } else {
                Node.remove(folder);
            }
        }
    }
}
