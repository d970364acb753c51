package io.purser.local.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.purser.local.install.Kustomize;
import io.purser.local.node.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replicas as processes of their own, behind a Service that learns late, under a steady load. Minutes long:
 * {@code -Dpurser.processes=true}, with {@code -Dpurser.rotations=20} and {@code -Dpurser.leaf.minutes=60} at full length.
 */
@EnabledIf(
        value = "io.purser.local.node.ControlPlane#isInstalled",
        disabledReason = "KUBEBUILDER_ASSETS names no folder with etcd and kube-apiserver")
@EnabledIfSystemProperty(
        named = "purser.processes",
        matches = "true",
        disabledReason = "minutes long: -Dpurser.processes=true")
class ReplicaProcessesTest {
    private static final int ROTATIONS = Integer.getInteger("purser.rotations", 3);
    private static final Duration LEAVES = Duration.ofMinutes(Integer.getInteger("purser.leaf.minutes", 3));
    private static final Duration LATE = Duration.ofSeconds(5);
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final List<String> FLAGS = List.of(
            "--ca-validity=1d",
            "--ca-renew-before=1h",
            "--leaf-validity=1m",
            "--settle=" + AuthorityRotation.SETTLE.toSeconds() + "s");

    /** How the API server words a connection that ended under a review; TLS and certificates have other words. */
    private static final Pattern CUT = Pattern.compile(
            "failed to call webhook: Post .*(: EOF|: unexpected EOF|connection reset by peer|http2: client connection lost)");

    @TempDir
    Path folder;

    private final Random random = new Random(11);
    private final List<ReplicaProcess> replicas = new ArrayList<>();
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
        replicas.forEach(ReplicaProcess::close);
        if (service != null) {
            service.close();
        }
        if (plane != null) {
            plane.close();
        }
    }

    @Test
    void aRollingRestartUnder200AdmissionsASecondRefusesNone() throws Exception {
        Load load = new Load(admin, 32, 200);
        try (load) {
            for (int turn = 0; turn < 3; turn++) {
                startReplica();
                ReplicaProcess eldest = replicas.remove(0);
                eldest.terminate();
                service.remove(eldest);
            }
        }
        tell("rolling restart of 3 replicas, readiness learnt " + LATE.toSeconds() + " s late", load);
        assertThat(load.refused()).isEmpty();
        assertThat(load.perSecond()).isGreaterThan(190);
    }

    /**
     * What a killed webhook had in hand is lost, one review of each thread at most: the API server does not send a review
     * again whose connection was cut. Nothing else is refused, and no certificate ever.
     */
    @Test
    void rotationsWithKilledReplicasNeverFailForTheCertificate() throws Exception {
        AuthorityRotation authority = new AuthorityRotation(admin);
        int threads = 2;
        Load load = new Load(admin, threads, 50);
        try (load) {
            for (int rotation = 0; rotation < ROTATIONS; rotation++) {
                authority.begin();
                replicas.get(random.nextInt(replicas.size())).killAndRestartCerts();
                LockSupport.parkNanos(random.nextInt((int) Duration.ofSeconds(2).toNanos()));
                killAndReplaceOne();
                authority.awaitIssuing();
            }
        }
        tell(ROTATIONS + " rotations, each with a certs process and a whole replica killed", load);
        assertThat(load.refused()).allMatch(refusal -> CUT.matcher(refusal).find());
        assertThat(load.refused().size()).isLessThanOrEqualTo(ROTATIONS * threads);
        assertThat(load.admitted()).isGreaterThan(ROTATIONS * 50);
    }

    @Test
    void leavesOfOneMinuteAreRenewedWithoutARefusal() throws Exception {
        Load load = new Load(admin, 1, 5);
        Instant end = Instant.now().plus(LEAVES);
        try (load) {
            while (Instant.now().isBefore(end)) {
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                assertThat(load.refused()).isEmpty();
            }
        }
        tell("leaves of one minute for " + LEAVES.toMinutes() + " minutes", load);
        assertThat(load.refused()).isEmpty();
        assertThat(load.admitted()).isPositive();
    }

    private static void tell(String what, Load load) {
        System.getLogger(ReplicaProcessesTest.class.getName())
                .log(System.Logger.Level.INFO, what + ": " + load + " " + load.refused());
    }

    private void killAndReplaceOne() throws IOException {
        ReplicaProcess victim = replicas.remove(random.nextInt(replicas.size()));
        victim.kill();
        startReplica();
        Waiting.until("the new replica is in the Service", () -> service.hasReady(replicas.get(replicas.size() - 1)));
        service.remove(victim);
    }

    private void startReplica() throws IOException {
        ReplicaProcess replica = new ReplicaProcess(plane, folder.resolve("replica-" + started++), DRAIN, FLAGS);
        replicas.add(replica);
        service.add(replica);
        Waiting.until("the replica is in the Service", () -> service.hasReady(replica));
    }
}
