package io.purser.local.node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The whole run: the node, the installation, and each thing that is tried on them. */
final class NodeRun {

    private final Programs programs;
    private final Images images;
    private final Report report;
    private final Trials trials;

    /**
     * What is tried.
     *
     * @param pods that figures are taken of
     */
    record Trials(Set<NodeCommand.Part> parts, int pods) {}

    /** A run that lacks nothing. */
    NodeRun(Programs programs, Images images, Report report, Trials trials) {
        this.programs = programs;
        this.images = images;
        this.report = report;
        this.trials = trials;
    }

    /**
     * Runs it to its end.
     *
     * @param home the repository
     * @param folder gets all that is written
     * @return whether everything held
     */
    boolean run(Path home, Path folder) throws IOException {
        Path archive = images.archive(programs, folder);
        report.step("images", "saved by podman");
        try (Node node = Node.start(programs, folder)) {
            Thread hook = new Thread(() -> node.endIn(folder), "end of the node");
            Runtime.getRuntime().addShutdownHook(hook);
            images.load(node.containerd(), archive, Installed.WEBHOOK_IMAGE, Installed.AGENT_IMAGE);
            Duration ready = node.cluster().awaitNode();
            report.step("node", "ready after " + Report.seconds(ready) + ", logs in " + folder);
            prepareStore(node);
            List<Example> examples = Example.all(home.resolve("deploy/examples"));
            for (Example example : examples) {
                example.prepare(node.bao(), node.cluster(), node.containerd());
            }
            Installed installed = new Installed(node, programs, folder, home.resolve("deploy/kubernetes"));
            report.step(
                    "install",
                    "replicas ready after " + Report.seconds(installed.start()) + " and "
                            + Report.seconds(installed.start()) + ", caBundle seen "
                            + Report.seconds(installed.awaitTrust()) + " later");
            attempt(node, folder, examples, installed);
            new EndChecks(node, report).run();
            installed.end();
            Runtime.getRuntime().removeShutdownHook(hook);
        }
        return report.close();
    }

    private void attempt(Node node, Path folder, List<Example> examples, Installed installed) {
        if (trials.parts().contains(NodeCommand.Part.EXAMPLES)) {
            new ExampleChecks(node, report).run(examples);
        }
        if (trials.parts().contains(NodeCommand.Part.CHANGES)) {
            new ChangeChecks(node, report).run(examples);
        }
        if (trials.parts().contains(NodeCommand.Part.CRASHES)) {
            new CrashChecks(node, report).run(examples);
        }
        Figures figures = new Figures(node, folder, report, trials.pods());
        if (trials.parts().contains(NodeCommand.Part.FIGURES)) {
            figures.run(examples, installed);
        }
        if (trials.parts().contains(NodeCommand.Part.PEER)) {
            figures.besidePeer(ExampleChecks.named(examples, "vault-injector"));
        }
    }

    /** The store's own account may ask who a token belongs to, as its chart lets it. */
    private static void prepareStore(Node node) throws IOException {
        node.cluster().namespace("vault");
        node.cluster().account("vault", "vault");
        node.cluster().apply("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata:
                  name: vault-auth-delegator
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: system:auth-delegator}
                subjects: [{kind: ServiceAccount, name: vault, namespace: vault}]
                """);
        node.bao().trust(node.plane(), node.plane().token("vault", "vault"));
        node.bao().mount(node.postgres());
    }
}
