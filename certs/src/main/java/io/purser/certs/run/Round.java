package io.purser.certs.run;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.purser.certs.authority.Leaf;
import io.purser.certs.cluster.ApiServerFailure;
import io.purser.certs.cluster.ClusterTrust;
import io.purser.certs.cluster.Versioned;
import io.purser.certs.rotation.LeafRenewal;
import io.purser.certs.rotation.Published;
import io.purser.certs.rotation.Rotation;
import io.purser.certs.rotation.Step;
import io.purser.certs.rotation.TrustState;
import io.purser.certs.volume.LeafVolume;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One look at the cluster after the other, and what follows from it. Used by one thread. */
public final class Round {
    private static final Logger LOG = LoggerFactory.getLogger(Round.class);

    /** More steps than any way through the rotation takes: a guard against writing in circles. */
    private static final int MOST_STEPS = 8;

    private final ClusterTrust trust;
    private final Rotation rotation;
    private final LeafRenewal renewal;
    private final LeafVolume files;
    private final InstantSource clock;
    private final BooleanSupplier writer;
    private @Nullable TrustState remembered;
    private @Nullable Instant readAt;
    private @Nullable Instant lastSuccess;
    private @Nullable X509Certificate leaf;
    private long failedRounds;
    private volatile Standing standing = new Standing(null, null, false, null, 0);

    /**
     * What a round is made of.
     *
     * @param writer whether this replica may write
     */
    public record Parts(
            ClusterTrust trust,
            Rotation rotation,
            LeafRenewal renewal,
            LeafVolume files,
            InstantSource clock,
            BooleanSupplier writer) {}

    /** Goes on with the pair that already lies on the volume, if there is one. */
    public Round(Parts parts) {
        this.trust = parts.trust();
        this.rotation = parts.rotation();
        this.renewal = parts.renewal();
        this.files = parts.files();
        this.clock = parts.clock();
        this.writer = parts.writer();
        this.leaf = files.read().orElse(null);
    }

    /** Reads the cluster, writes what is due if this replica is the writer, and renews the leaf if that is due. */
    public void go() {
        try {
            for (int step = 0; step < MOST_STEPS && step(); step++) {
                LOG.debug("read again after a write");
            }
            lastSuccess = clock.instant();
        } catch (KubernetesClientException e) {
            failedRounds++;
            LOG.warn(
                    "The cluster cannot be read or written: {}; the leaf in hand is served on",
                    ApiServerFailure.sentence(e));
            renewLeaf();
        }
        standing = new Standing(remembered, leaf, writer.getAsBoolean(), lastSuccess, failedRounds);
    }

    /** How things stand; safe to call from any thread. */
    Standing standing() {
        return standing;
    }

    /** Whether something was written, so that everything must be read again. */
    private boolean step() {
        // in this order: a replica that was paused then never undoes what a newer Secret brought about
        Versioned<Published> published = trust.readPublished();
        Versioned<TrustState> saved = trust.readState();
        if (saved.value() != null) {
            remembered = saved.value();
            readAt = clock.instant();
        }
        renewLeaf();
        if (!writer.getAsBoolean()) {
            return false;
        }
        Step next =
                rotation.next(saved.value(), remembered, Objects.requireNonNull(published.value()), clock.instant());
        if (next instanceof Step.Save save) {
            LOG.info("Writing the Secret: {}; {}", save.reason(), save.state().authorities());
            return told(trust.save(save.state(), saved.resourceVersion()));
        }
        if (next instanceof Step.Publish publish) {
            LOG.info("Writing the caBundle: {}", publish.reason());
            return told(trust.publish(publish.caBundle(), published.resourceVersion()));
        }
        return false;
    }

    private static boolean told(boolean written) {
        if (!written) {
            LOG.info("Someone else wrote first; reading again");
        }
        return true;
    }

    private void renewLeaf() {
        TrustState state = remembered;
        Instant since = readAt;
        if (state == null || since == null) {
            return;
        }
        Optional<Leaf> due = renewal.renew(state, since, leaf, clock.instant());
        if (due.isEmpty()) {
            return;
        }
        try {
            files.write(due.get());
            leaf = due.get().certificate();
            LOG.info("Serving a new certificate: {}", due.get());
        } catch (IOException e) {
            failedRounds++;
            LOG.error("The new certificate cannot be written to the volume: {}", e.toString());
        }
    }
}
