package io.purser.local.apiserver;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.purser.certs.cluster.ClusterTrust;
import io.purser.certs.cluster.Target;
import io.purser.certs.cluster.Versioned;
import io.purser.certs.rotation.Rotation;
import io.purser.certs.rotation.RotationPolicy;
import io.purser.certs.rotation.TrustState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Rotations of the installed authority, asked for as {@code certs rotate} asks. */
final class AuthorityRotation {
    /** How long the replicas of the tests wait after the new authority has been published. */
    static final Duration SETTLE = Duration.ofSeconds(2);

    static final RotationPolicy POLICY =
            new RotationPolicy("rotating CA", Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(1), SETTLE);

    private final ClusterTrust trust;

    AuthorityRotation(KubernetesClient admin) {
        this.trust = new ClusterTrust(admin, new Target("purser", "purser-ca", "purser-certs", "purser"));
    }

    void begin() {
        Waiting.until("the rotation is saved", () -> {
            Versioned<TrustState> saved = trust.readState();
            return new Rotation(POLICY)
                    .rotated(saved.value(), Instant.now())
                    .map(rotated -> trust.save(rotated, saved.resourceVersion()))
                    .orElse(false);
        });
    }

    void awaitIssuing() {
        Waiting.until("the new authority issues", () -> {
            TrustState state = trust.readState().value();
            return state != null && state.issuing(Instant.now()).equals(Optional.of(state.newest()));
        });
    }
}
