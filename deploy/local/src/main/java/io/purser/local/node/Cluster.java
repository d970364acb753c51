package io.purser.local.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapProjection;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The API server as its users see it, and the work of the controllers and the scheduler that are not there. */
final class Cluster {

    private static final Duration POD = Duration.ofMinutes(2);
    private static final Duration NODE_READY = Duration.ofSeconds(90);
    private static final String AUTHORITY = "kube-root-ca.crt";

    private final KubernetesClient admin;
    private final String caPem;

    Cluster(ControlPlane plane) {
        this.admin = plane.admin();
        this.caPem = plane.caPem();
    }

    /** A client that may do everything. */
    KubernetesClient admin() {
        return admin;
    }

    /** Applies objects as {@code kubectl apply --server-side} does. */
    List<HasMetadata> apply(String manifests) {
        return admin.load(new ByteArrayInputStream(manifests.getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
    }

    /** A namespace with what controllers put into each; one that is there stays. */
    void namespace(String name) {
        if (admin.namespaces().withName(name).get() == null) {
            admin.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .create();
        }
        account(name, "default");
        authority(name, AUTHORITY, "ca.crt");
    }

    /** A service account; one that is there stays. */
    void account(String namespace, String name) {
        if (admin.serviceAccounts().inNamespace(namespace).withName(name).get() == null) {
            admin.resource(new ServiceAccountBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .withNamespace(namespace)
                            .endMetadata()
                            .build())
                    .create();
        }
    }

    /**
     * Creates a pod on the node, as a controller and the scheduler would.
     *
     * @param pod as it was written, or as a workload's controller would make it
     * @param annotations in addition to its own
     */
    Pod create(ObjectNode pod, String name, Map<String, String> annotations) {
        Pod wanted = new PodBuilder(Serialization.unmarshal(pod.toString(), Pod.class))
                .editMetadata()
                .withGenerateName(null)
                .withName(name)
                .addToAnnotations(annotations)
                .endMetadata()
                .editSpec()
                .withNodeName(Kubelet.NODE)
                .endSpec()
                .build();
        Pod made = admin.resource(wanted).create();
        supplyTokenVolume(made);
        return made;
    }

    /** A pod as it is now. */
    Pod read(Pod pod) {
        Pod now = at(pod).get();
        if (now == null) {
            throw new NodeException("the pod " + pod.getMetadata().getName() + " is gone");
        }
        return now;
    }

    /** Waits until a pod is ready, or has ended where it is not to stay. */
    Pod awaitReady(Pod pod) {
        boolean stays = !"Never".equals(pod.getSpec().getRestartPolicy());
        try {
            Pod seen = at(pod).waitUntilCondition(
                            now -> now != null
                                    && (PodState.hasFailed(now)
                                            || (stays ? PodState.isReady(now) : PodState.hasEnded(now))),
                            POD.toSeconds(),
                            TimeUnit.SECONDS);
            if (PodState.hasFailed(seen)) {
                throw new NodeException(seen.getMetadata().getName() + " has failed: " + PodState.ofContainers(seen));
            }
            return seen;
        } catch (KubernetesClientTimeoutException e) {
            throw new NodeException(
                    pod.getMetadata().getName() + " is not ready within " + POD.toSeconds() + " s: "
                            + PodState.ofContainers(read(pod)),
                    e);
        }
    }

    /** Asks for the end of a pod; it goes through its grace period. */
    void delete(Pod pod) {
        at(pod).delete();
    }

    /** Ends a pod without a grace period. */
    void deleteNow(Pod pod) {
        at(pod).withGracePeriod(1).delete();
    }

    /** Asks for the end of a pod as {@code kubectl drain} does. */
    void evict(Pod pod) {
        if (!at(pod).evict()) {
            throw new NodeException("the pod " + pod.getMetadata().getName() + " is not evicted");
        }
    }

    /** Waits until a pod is gone. */
    Duration awaitGone(Pod pod) {
        return Patience.until(pod.getMetadata().getName() + " is gone", POD, () -> at(pod).get() == null);
    }

    /** Sets an annotation of a pod that runs. */
    void annotate(Pod pod, String annotation, String value) {
        at(pod).edit(now -> new PodBuilder(now)
                .editMetadata()
                .addToAnnotations(annotation, value)
                .endMetadata()
                .build());
    }

    /** Waits until the node takes pods. */
    Duration awaitNode() {
        return Patience.until("the node is ready", NODE_READY, () -> {
            var node = admin.nodes().withName(Kubelet.NODE).get();
            return node != null
                    && node.getStatus().getConditions() != null
                    && node.getStatus().getConditions().stream()
                            .anyMatch(condition -> condition.getType().equals("Ready")
                                    && condition.getStatus().equals("True"));
        });
    }

    /** When the kubelet last said that it lives. */
    String nodeRenewed() {
        return admin.leases()
                .inNamespace("kube-node-lease")
                .withName(Kubelet.NODE)
                .get()
                .getSpec()
                .getRenewTime()
                .toString();
    }

    /** Cordons the node, or lets it take pods again. */
    void cordon(boolean closed) {
        admin.nodes().withName(Kubelet.NODE).edit(node -> new NodeBuilder(node)
                .editSpec()
                .withUnschedulable(closed)
                .endSpec()
                .build());
    }

    private PodResource at(Pod pod) {
        return admin.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName());
    }

    /** The ConfigMaps that the volume of a pod's own token asks for; some builds of the API server add one. */
    private void supplyTokenVolume(Pod pod) {
        pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().startsWith("kube-api-access-"))
                .flatMap(volume -> volume.getProjected().getSources().stream())
                .filter(source -> source.getConfigMap() != null)
                .forEach(source -> {
                    ConfigMapProjection map = source.getConfigMap();
                    map.getItems()
                            .forEach(item -> authority(pod.getMetadata().getNamespace(), map.getName(), item.getKey()));
                });
    }

    private void authority(String namespace, String name, String key) {
        admin.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .addToData(key, caPem)
                        .build())
                .serverSideApply();
    }
}
