package io.purser.local.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.purser.local.install.Kustomize;
import io.purser.local.node.ControlPlane;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rotates the authority under a load of pod creations, while replicas end and start at random behind a Service that
 * learns late: no admission may fail. {@code -Dpurser.rotations=20} makes it longer.
 */
@EnabledIf(
        value = "io.purser.local.node.ControlPlane#isInstalled",
        disabledReason = "KUBEBUILDER_ASSETS names no folder with etcd and kube-apiserver")
class RotationUnderLoadTest {
    private static final int ROTATIONS = Integer.getInteger("purser.rotations", 3);
    private static final Duration LATE = Duration.ofSeconds(1);
    private static final Duration DRAIN = Duration.ofSeconds(3);

    @TempDir
    Path folder;

    private final Random random = new Random(7);
    private final List<Replica> replicas = new ArrayList<>();
    private ControlPlane plane;
    private KubernetesClient admin;
    private Balancer service;
    private int started;

    @BeforeEach
    void install() throws Exception {
        String manifests = Kustomize.text(".");
        plane = ControlPlane.start(Files.createDirectories(folder.resolve("plane")));
        admin = plane.admin();
        Installation.apply(admin, manifests);
        Installation.namespace(admin, "apps", Map.of());
        service = new Balancer(Installation.clusterIp(admin), LATE);
        for (int number = 0; number < 3; number++) {
            startReplica();
        }
        Waiting.until("a pod is injected", () -> Load.isAdmitting(admin));
    }

    @AfterEach
    void stop() throws Exception {
        for (Replica replica : replicas) {
            replica.close();
        }
        if (service != null) {
            service.close();
        }
        if (plane != null) {
            plane.close();
        }
    }

    @Test
    void noAdmissionFails() throws Exception {
        AuthorityRotation authority = new AuthorityRotation(admin);
        Load load = new Load(admin, 1, 100);
        try (load) {
            for (int rotation = 0; rotation < ROTATIONS; rotation++) {
                authority.begin();
                replaceOneReplica();
                authority.awaitIssuing();
            }
        }

        assertThat(load.refused()).isEmpty();
        assertThat(load.admitted()).isGreaterThan(ROTATIONS * 20);
    }

    /** As a rolling update does: a new one first, then an old one ends. */
    private void replaceOneReplica() throws Exception {
        startReplica();
        Replica victim = replicas.remove(random.nextInt(replicas.size() - 1));
        victim.terminate();
        service.remove(victim);
    }

    private void startReplica() throws Exception {
        String name = "replica-" + started++;
        Replica replica = new Replica(plane, name, folder.resolve(name), AuthorityRotation.POLICY, DRAIN);
        replicas.add(replica);
        service.add(replica);
    }
}
