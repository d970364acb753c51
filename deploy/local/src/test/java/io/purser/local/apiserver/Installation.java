package io.purser.local.apiserver;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The rendered manifests, applied to a real API server as {@code kubectl apply} would. */
final class Installation {
    private Installation() {}

    /** Applies every object, the namespace first, and returns them as the API server has them. */
    static List<HasMetadata> apply(KubernetesClient admin, String manifests) {
        return admin.load(new ByteArrayInputStream(manifests.getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
    }

    /** The address that the API server gave the webhook's Service. */
    static String clusterIp(KubernetesClient admin) {
        return admin.services()
                .inNamespace("purser")
                .withName("purser-webhook")
                .get()
                .getSpec()
                .getClusterIP();
    }

    /** A namespace for pods, with the account that a controller would make. */
    static void namespace(KubernetesClient admin, String name, Map<String, String> labels) {
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .create();
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("default")
                        .withNamespace(name)
                        .endMetadata()
                        .build())
                .create();
    }

    static PodBuilder pod(String namespace, String name, Map<String, String> annotations) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("app")
                .withImage("registry.example/app:1")
                .endContainer()
                .endSpec();
    }

    /** Annotations that ask for one secret. */
    static Map<String, String> annotated() {
        return Map.of(
                "purser.io/inject", "true",
                "purser.io/role", "app",
                "purser.io/secret-db", "secret/data/db");
    }

    static boolean isInjected(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .anyMatch(volume -> volume.getName().equals("purser-secrets"));
    }
}
