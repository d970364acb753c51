package io.purser.local.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.purser.certs.cluster.ClusterTrust;
import io.purser.certs.cluster.Target;
import io.purser.certs.cluster.Versioned;
import io.purser.certs.rotation.Rotation;
import io.purser.certs.rotation.RotationPolicy;
import io.purser.certs.rotation.TrustState;
import io.purser.local.install.Kustomize;
import io.purser.local.node.ControlPlane;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
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
    private static final Target TARGET = new Target("purser", "purser-ca", "purser-certs", "purser");
    private static final RotationPolicy POLICY = new RotationPolicy(
            "rotating CA", Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofSeconds(2));

    @TempDir
    Path folder;

    private final Random random = new Random(7);
    private final List<Replica> replicas = new ArrayList<>();
    private final AtomicInteger admitted = new AtomicInteger();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private volatile boolean loading = true;
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
        Waiting.until("a pod is injected", () -> createsAnInjectedPod("first"));
    }

    @AfterEach
    void stop() throws Exception {
        loading = false;
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
        Thread load = new Thread(this::load, "load");
        load.start();
        ClusterTrust trust = new ClusterTrust(admin, TARGET);
        for (int rotation = 0; rotation < ROTATIONS; rotation++) {
            rotate(trust);
            replaceOneReplica();
            Waiting.until("the new authority issues", () -> isIssuing(trust));
        }
        loading = false;
        load.join();

        assertThat(refused).isEmpty();
        assertThat(admitted.get()).isGreaterThan(ROTATIONS * 20);
    }

    private void load() {
        int number = 0;
        while (loading) {
            if (createsAnInjectedPod("load-" + number++)) {
                admitted.incrementAndGet();
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    /** Dry runs: the whole admission, and nothing is left. */
    private boolean createsAnInjectedPod(String name) {
        try {
            Pod pod = admin.resource(Installation.pod("apps", name, Installation.annotated())
                            .build())
                    .dryRun()
                    .create();
            return Installation.isInjected(pod);
        } catch (KubernetesClientException e) {
            if (admitted.get() > 0) {
                refused.add(Instant.now() + " " + e.getMessage());
            }
            return false;
        }
    }

    private void rotate(ClusterTrust trust) {
        Waiting.until("the rotation is saved", () -> {
            Versioned<TrustState> saved = trust.readState();
            return new Rotation(POLICY)
                    .rotated(saved.value(), Instant.now())
                    .map(rotated -> trust.save(rotated, saved.resourceVersion()))
                    .orElse(false);
        });
    }

    private static boolean isIssuing(ClusterTrust trust) {
        TrustState state = trust.readState().value();
        return state != null && state.issuing(Instant.now()).equals(Optional.of(state.newest()));
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
        Replica replica = new Replica(plane, name, folder.resolve(name), POLICY, DRAIN);
        replicas.add(replica);
        service.add(replica);
    }
}
