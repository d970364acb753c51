package io.purser.local.apiserver;

import static io.purser.local.apiserver.Installation.annotated;
import static io.purser.local.apiserver.Installation.isInjected;
import static io.purser.local.apiserver.Installation.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.purser.certs.rotation.RotationPolicy;
import io.purser.local.install.Kustomize;
import io.purser.local.node.ControlPlane;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The shipped manifests in a real API server, with the real webhook and the real certs container's rights. */
@EnabledIf(
        value = "io.purser.local.node.ControlPlane#isInstalled",
        disabledReason = "KUBEBUILDER_ASSETS names no folder with etcd and kube-apiserver")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AdmissionTest {
    private static final RotationPolicy POLICY = new RotationPolicy(
            "test CA", Duration.ofDays(9), Duration.ofDays(3), Duration.ofDays(1), Duration.ofSeconds(1));

    @TempDir
    static Path folder;

    private static ControlPlane plane;
    private static KubernetesClient admin;
    private static List<HasMetadata> installed;
    private static Balancer service;
    private static Replica replica;

    @BeforeAll
    static void install() throws Exception {
        String manifests = Kustomize.text(".");
        plane = ControlPlane.start(Files.createDirectories(folder.resolve("plane")));
        admin = plane.admin();
        installed = Installation.apply(admin, manifests);
        Installation.namespace(admin, "apps", Map.of());
        Installation.namespace(admin, "strict", Map.of("pod-security.kubernetes.io/enforce", "restricted"));
        replica = new Replica(plane, "one", folder.resolve("tls"), POLICY, Duration.ZERO);
        service = new Balancer(Installation.clusterIp(admin), Duration.ZERO);
        service.add(replica);
        Waiting.until("the Service has a ready replica", service::hasReady);
        Waiting.until("the caBundle is published", AdmissionTest::hasCaBundle);
        Waiting.until("the API server calls the webhook", () -> isInjected(dryRun(pod("apps", "probe", annotated()))));
    }

    @AfterAll
    static void stop() throws Exception {
        if (service != null) {
            service.close();
        }
        if (replica != null) {
            replica.close();
        }
        if (plane != null) {
            plane.close();
        }
    }

    @Test
    void everyManifestIsTakenByTheApiServer() {
        assertThat(installed)
                .extracting(HasMetadata::getKind)
                .contains("Deployment", "Service", "MutatingWebhookConfiguration", "PodDisruptionBudget", "Role");
    }

    @Test
    void anAnnotatedPodIsInjectedAndAcceptedAndAPlainOneIsLeftAlone() {
        Pod injected = create(pod("apps", "annotated", annotated()));
        Pod plain = create(pod("apps", "plain", Map.of()));
        Pod foreign = create(pod("apps", "foreign", Map.of("example.com/a", "b")));

        assertThat(isInjected(injected)).isTrue();
        assertThat(injected.getSpec().getInitContainers()).isNotEmpty();
        assertThat(isInjected(plain)).isFalse();
        assertThat(isInjected(foreign)).isFalse();
    }

    @Test
    void thePeersAnnotationsAreActedOn() {
        Pod injected = create(pod(
                "apps",
                "peer",
                Map.of(
                        "vault.hashicorp.com/agent-inject", "true",
                        "vault.hashicorp.com/role", "app",
                        "vault.hashicorp.com/agent-inject-secret-db", "secret/data/db")));

        assertThat(injected.getMetadata().getAnnotations())
                .containsEntry("vault.hashicorp.com/agent-inject-status", "injected");
    }

    @Test
    void aDenialListsEveryViolation() {
        Map<String, String> wrong = Map.of(
                "purser.io/inject", "true",
                "purser.io/secret-db", "secret/data/db",
                "purser.io/mode-db", "rwx",
                "purser.io/sidecar", "sideways");

        assertThatThrownBy(() -> create(pod("apps", "wrong", wrong)))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("purser.io/mode-db")
                .hasMessageContaining("purser.io/sidecar");
    }

    @Test
    void anInjectedPodIsAdmittedByPodSecurityRestricted() {
        PodBuilder strict = new PodBuilder(pod("strict", "strict", annotated()).build())
                .editSpec()
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(1001L)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .editFirstContainer()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .endContainer()
                .endSpec();

        assertThat(isInjected(create(strict))).isTrue();
        Pod classic = create(new PodBuilder(strict.build())
                .editMetadata()
                .withName("strict-classic")
                .addToAnnotations("purser.io/sidecar", "classic")
                .endMetadata());
        assertThat(classic.getSpec().getContainers()).hasSize(2);
    }

    @Test
    void aDryRunIsInjectedAndLeavesNothing() {
        assertThat(isInjected(dryRun(pod("apps", "dry", annotated())))).isTrue();

        assertThat(admin.pods().inNamespace("apps").withName("dry").get()).isNull();
    }

    @Test
    void serverSideApplyCreatesAndAppliesAgainWithoutAConflict() {
        Pod wanted = pod("apps", "applied", annotated()).build();

        Pod first = admin.resource(wanted).serverSideApply();
        Pod again = admin.resource(wanted).serverSideApply();

        assertThat(isInjected(first)).isTrue();
        assertThat(again.getSpec()).isEqualTo(first.getSpec());
    }

    @Test
    void podsOfManyShapesAreAccepted() {
        for (int containers : new int[] {1, 2, 10}) {
            PodBuilder builder = pod("apps", "shape-" + containers, annotated());
            for (int number = 1; number < containers; number++) {
                builder = new PodBuilder(builder.build())
                        .editSpec()
                        .addNewContainer()
                        .withName("more-" + number)
                        .withImage("registry.example/more:1")
                        .endContainer()
                        .addNewInitContainer()
                        .withName("init-" + number)
                        .withImage("registry.example/init:1")
                        .endInitContainer()
                        .addNewVolume()
                        .withName("volume-" + number)
                        .withNewEmptyDir()
                        .endEmptyDir()
                        .endVolume()
                        .endSpec();
            }
            Pod created = create(builder);
            assertThat(created.getSpec().getContainers())
                    .filteredOn(container -> !container.getName().startsWith("purser"))
                    .hasSize(containers)
                    .allSatisfy(container -> assertThat(container.getVolumeMounts())
                            .anyMatch(mount -> mount.getName().equals("purser-secrets")));
        }
    }

    @Test
    void twoHundredPodsFiftyAtATimeAreStoredAsPlanned() throws Exception {
        Map<String, Integer> outcomes = new ManyPods(admin).create("apps");

        assertThat(outcomes.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(ManyPods.PODS);
        assertThat(outcomes.get("inject")).isGreaterThan(80);
        assertThat(outcomes.get("reject")).isGreaterThan(20);
        assertThat(outcomes.get("skip")).isGreaterThan(10);
    }

    @Test
    void podSecurityRestrictedAdmitsEveryInjectedPodThatItAdmitsUninjected() throws Exception {
        Map<String, Integer> outcomes = new ManyPods(admin).admitWithAndWithout("strict");

        assertThat(outcomes.get("inject")).isGreaterThan(50);
    }

    @Test
    void podsWithoutAnAnnotationThatConcernsItNeverReachTheWebhook() {
        double before = replica.reviews();
        for (int number = 0; number < 20; number++) {
            Map<String, String> others = number % 2 == 0
                    ? Map.of()
                    : Map.of(
                            "example.com/inject",
                            "true",
                            "vault.hashicorp.com/role",
                            "app",
                            "purser.example/inject",
                            "x");
            dryRun(pod("apps", "unasked-" + number, others));
        }

        assertThat(replica.reviews()).isEqualTo(before);
        dryRun(pod("apps", "asked", annotated()));
        assertThat(replica.reviews()).isGreaterThan(before);
    }

    /**
     * Pods of one ReplicaSet differ as the webhook expects: had they anything else of their own, it would read each. The API server asks again about a pod
     * that was changed, and that review is one of six as well.
     */
    @Test
    void theFourthPodOfAReplicaSetIsNotReadAnyMore() {
        OwnerReference owner = new OwnerReferenceBuilder()
                .withApiVersion("apps/v1")
                .withKind("ReplicaSet")
                .withName("web-7d4b9c6f5")
                .withUid("5a1c")
                .build();
        double reviews = replica.reviews();
        double remembered = replica.remembered();
        Set<String> volumes = new HashSet<>();
        for (int i = 0; i < 6; i++) {
            Pod pod = create(pod("apps", null, annotated())
                    .editMetadata()
                    .withGenerateName("web-7d4b9c6f5-")
                    .withOwnerReferences(owner)
                    .endMetadata());
            assertThat(isInjected(pod)).isTrue();
            pod.getSpec().getVolumes().forEach(volume -> volumes.add(volume.getName()));
            long second = Instant.now().getEpochSecond();
            Waiting.until("the next second", () -> Instant.now().getEpochSecond() > second);
        }

        assertThat(replica.reviews() - reviews).isGreaterThanOrEqualTo(6);
        assertThat(replica.remembered() - remembered).isEqualTo((replica.reviews() - reviews) / 2);
        assertThat(volumes)
                .filteredOn(name -> name.startsWith("kube-api-access-"))
                .hasSize(6);
    }

    @Test
    void purserDoesNotDependOnItself() {
        Pod own = create(pod("purser", "own", annotated())
                .editSpec()
                .withServiceAccountName("purser-webhook")
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .editFirstContainer()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .endContainer()
                .endSpec());

        assertThat(isInjected(own)).isFalse();
    }

    @Test
    void applyingTheManifestsAgainKeepsTheCaBundle() throws Exception {
        Installation.apply(admin, Kustomize.text("."));

        assertThat(hasCaBundle()).isTrue();
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void withTheWebhookDownOnlyAnnotatedPodsAreRefused() {
        service.remove(replica);
        replica.close();

        assertThat(create(pod("apps", "plain-while-down", Map.of()))).isNotNull();
        assertThatThrownBy(() -> create(pod("apps", "annotated-while-down", annotated())))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("pods.purser.io");
    }

    private static Pod create(PodBuilder pod) {
        return admin.resource(pod.build()).create();
    }

    private static Pod dryRun(PodBuilder pod) {
        return admin.resource(pod.build()).dryRun().create();
    }

    private static boolean hasCaBundle() {
        return admin
                .admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName("purser")
                .get()
                .getWebhooks()
                .stream()
                .allMatch(webhook -> webhook.getClientConfig().getCaBundle() != null);
    }
}
