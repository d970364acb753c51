package io.purser.certs.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.purser.certs.authority.CertificateAuthority;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds, over random histories, that no request is ever refused for TLS, and that all comes right in the end. */
class RotationPropertyTest {
    private static final RotationPolicy POLICY = new RotationPolicy(
            "simulated",
            Duration.ofMinutes(60),
            Duration.ofMinutes(30),
            Duration.ofMinutes(10),
            Duration.ofSeconds(60));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void noLeafIsServedThatSomeApiServerDoesNotTrust(long seed) {
        SimulatedCluster cluster = new SimulatedCluster(seed, POLICY);
        Instant end = cluster.now.plus(Duration.ofHours(3));

        while (cluster.now.isBefore(end)) {
            cluster.tick();
            disturb(cluster);
            assertThat(cluster.refusals())
                    .as(() -> String.join("\n", cluster.history))
                    .isEmpty();
        }

        assertThat(cluster.authoritiesMade).as("authorities in three hours").isBetween(5, 50);
        calm(cluster);
        assertAllIsRight(cluster);
    }

    /** The check of the check: what the settling time is for is seen when it is taken away. */
    @Test
    void withoutTheSettlingTimeRefusalsAreSeen() {
        RotationPolicy hasty = new RotationPolicy(
                "hasty", POLICY.caValidity(), POLICY.caRenewBefore(), POLICY.leafValidity(), Duration.ZERO);
        SimulatedCluster cluster = new SimulatedCluster(1, hasty);
        Instant end = cluster.now.plus(Duration.ofHours(2));
        int refusals = 0;

        while (cluster.now.isBefore(end)) {
            cluster.tick();
            refusals += cluster.refusals().size();
        }

        assertThat(refusals).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void aHandEditedBundleIsPutRight(long seed) {
        SimulatedCluster cluster = new SimulatedCluster(seed, POLICY);
        for (String edit : List.of("", "no PEM at all", foreignBundle(cluster))) {
            calm(cluster);
            assertAllIsRight(cluster);
            cluster.editBundleByHand(edit);
            calm(cluster);
            assertThat(cluster.refusals()).isEmpty();
            assertAllIsRight(cluster);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void aWrongClockIsOvercome(long seed) {
        SimulatedCluster cluster = new SimulatedCluster(seed, POLICY);
        calm(cluster);
        for (Duration jump :
                List.of(Duration.ofDays(400), Duration.ofDays(-400), Duration.ofMinutes(-50), Duration.ofMinutes(61))) {
            cluster.now = cluster.now.plus(jump);
            for (int tick = 0; tick < 40; tick++) {
                cluster.tick();
            }
        }
        calm(cluster);
        assertThat(cluster.refusals()).isEmpty();
        assertAllIsRight(cluster);
    }

    /** Faults that must not be felt: lost Secrets, restarts, replicas cut off, rotations asked for. */
    private static void disturb(SimulatedCluster cluster) {
        SimulatedCluster.Replica victim = cluster.replicas.get(cluster.random.nextInt(3));
        switch (cluster.random.nextInt(400)) {
            case 0, 1, 2 -> victim.restart();
            case 3, 4 -> victim.cutOffUntil = cluster.now.plusSeconds(cluster.random.nextInt(1000));
            case 5 -> {
                if (cluster.secret != null && cluster.random.nextInt(3) == 0) {
                    cluster.secret = null;
                    cluster.secretVersion++;
                    cluster.history.add(cluster.now + " the Secret is deleted");
                }
            }
            case 6 -> {
                if (cluster.secret != null && cluster.random.nextInt(3) == 0) {
                    cluster.rotation.rotated(cluster.secret, cluster.now).ifPresent(state -> {
                        cluster.secret = state;
                        cluster.secretVersion++;
                        cluster.authoritiesMade++;
                        cluster.history.add(cluster.now + " a person rotates");
                    });
                }
            }
            default -> {} // most of the time nothing goes wrong
        }
    }

    /** Fifteen minutes without a fault: longer than a settling time and a leaf. */
    private static void calm(SimulatedCluster cluster) {
        cluster.replicas.forEach(replica -> replica.cutOffUntil = cluster.now);
        Instant end = cluster.now.plus(Duration.ofMinutes(15));
        while (cluster.now.isBefore(end)) {
            cluster.tick();
        }
    }

    private static void assertAllIsRight(SimulatedCluster cluster) {
        assertThat(cluster.bundle).isEqualTo(cluster.secret.bundle());
        X509Certificate issuing =
                cluster.secret.issuing(cluster.now).orElseThrow().certificate();
        for (SimulatedCluster.Replica replica : cluster.replicas) {
            assertThat(cluster.signed(issuing, replica.leaf))
                    .as(() -> replica.name + "\n" + String.join("\n", cluster.history))
                    .isTrue();
            assertThat(replica.leaf.getNotAfter().toInstant()).isAfter(cluster.now);
            assertThat(replica.leaf.getNotBefore().toInstant()).isBefore(cluster.now);
        }
    }

    private static String foreignBundle(SimulatedCluster cluster) {
        return CertificateAuthority.create("foreign", Duration.ofDays(1), cluster.now)
                .certificatePem();
    }
}
