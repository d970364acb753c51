package io.purser.local.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.purser.local.cluster.InvalidManifestException;
import io.purser.local.cluster.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The shipped manifests on the node: applied as an operator's overlay over them, with the pods of the Deployment. */
final class Installed {

    private static final String NAMESPACE = "purser";
    private static final String NAME = "purser-webhook";
    private static final Duration CERTIFICATE = Duration.ofSeconds(60);

    private final Node node;
    private final ObjectNode template;
    private final List<RunningPod> replicas = new ArrayList<>();
    private int made;

    /**
     * Applies the manifests and starts the replicas.
     *
     * @param kustomization the folder of the manifests
     */
    Installed(Node node, Programs programs, Path folder, Path kustomization) throws IOException {
        this.node = node;
        Path overlay = Files.createDirectories(folder.resolve("overlay"));
        Files.writeString(overlay.resolve("kustomization.yaml"), overlay(overlay, kustomization));
        String rendered = Daemon.run(List.of(programs.path("kubectl"), "kustomize", overlay.toString()));
        Path file = Files.writeString(folder.resolve("rendered.yaml"), rendered);
        try {
            template = Manifests.read(List.of(file)).pods().get(0);
        } catch (InvalidManifestException e) {
            throw new NodeException("the manifests cannot be read: " + e.getMessage(), e);
        }
        node.cluster().apply(rendered);
        node.cluster().namespace(NAMESPACE);
        serve();
    }

    /** The name of the webhook's image in the manifests. */
    static final String WEBHOOK_IMAGE = "ghcr.io/purser/purser-webhook:0.1.0";

    /** The name of the agent's image in the manifests. */
    static final String AGENT_IMAGE = "ghcr.io/purser/purser-agent:0.1.0";

    /** Starts one more replica and lets the Service know of it when it is ready. */
    Duration start() {
        long begin = System.nanoTime();
        RunningPod replica = node.run(template, NAME + "-" + made++, Map.of());
        replica.awaitReady();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        replicas.add(replica);
        serve();
        return took;
    }

    /** The replicas that were started. */
    List<RunningPod> replicas() {
        return List.copyOf(replicas);
    }

    /** Ends the replicas. */
    void end() {
        replicas.forEach(replica -> node.cluster().deleteNow(replica.pod()));
        replicas.forEach(replica -> node.cluster().awaitGone(replica.pod()));
        replicas.clear();
    }

    /** Waits until the API server trusts the replicas. */
    Duration awaitTrust() {
        return Patience.until("the caBundle is published", CERTIFICATE, () -> {
            MutatingWebhookConfiguration configuration = node.cluster()
                    .admin()
                    .admissionRegistration()
                    .v1()
                    .mutatingWebhookConfigurations()
                    .withName(NAMESPACE)
                    .get();
            return configuration != null
                    && configuration.getWebhooks().get(0).getClientConfig().getCaBundle() != null;
        });
    }

    /** The work of kube-proxy, for the API server's own Service and for ours. */
    private void serve() {
        Service service = node.cluster()
                .admin()
                .services()
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .get();
        List<String> endpoints = replicas.stream()
                .map(replica -> endpoint(node.cluster().read(replica.pod())))
                .toList();
        node.network()
                .serve(List.of(
                        new Network.Service(
                                Network.SERVICES.replace(".0/24", ".1"),
                                443,
                                List.of(Network.HOST + ":" + node.plane().port())),
                        new Network.Service(service.getSpec().getClusterIP(), 443, endpoints)));
    }

    private static String endpoint(Pod pod) {
        int port = pod.getSpec().getContainers().stream()
                .flatMap(container -> container.getPorts().stream())
                .filter(declared -> "https".equals(declared.getName()))
                .mapToInt(ContainerPort::getContainerPort)
                .findFirst()
                .orElseThrow();
        return pod.getStatus().getPodIP() + ":" + port;
    }

    /** What an operator sets: where the store is, and whom to trust there. */
    private String overlay(Path overlay, Path kustomization) {
        String ca = node.bao().caPem().strip().replace("\n", "\n            ");
        return """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: purser
                resources: ["%s"]
                configMapGenerator:
                  - name: purser-webhook
                    behavior: merge
                    literals:
                      - PURSER_STORE_ADDRESS=%s
                      - |-
                            PURSER_STORE_CA=%s
                """.formatted(
                        overlay.toAbsolutePath()
                                .relativize(kustomization.toAbsolutePath().normalize()),
                        node.bao().address(),
                        ca);
    }
}
