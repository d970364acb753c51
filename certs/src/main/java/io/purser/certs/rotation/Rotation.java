package io.purser.certs.rotation;

import io.purser.certs.authority.CertificateAuthority;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of the certificate authority. A new authority is saved, published beside the old one, read back,
 * given time to be seen by every API server, and only then issues; the old one is then retired, and dropped after the
 * last leaf under it has ended. Whatever was lost or changed by hand meanwhile, the next step leads back to this way.
 */
public final class Rotation {
    private final RotationPolicy policy;

    /** With the times of {@code policy}. */
    public Rotation(RotationPolicy policy) {
        this.policy = policy;
    }

    /**
     * The writer's next step.
     *
     * @param saved the Secret's content; null when it is lost or unreadable
     * @param remembered the content as this replica last saw it; null after a restart
     * @param published what the webhook configuration was read to trust, before the Secret was read
     */
    public Step next(@Nullable TrustState saved, @Nullable TrustState remembered, Published published, Instant now) {
        if (saved == null) {
            return remembered != null
                    ? new Step.Save(remembered, "the Secret was lost; it is written again from memory")
                    : create(published, now);
        }
        if (published instanceof Published.Bundles && !published.isExactly(saved.certificates())) {
            return new Step.Publish(saved.bundle(), "the webhook configuration does not trust what it should");
        }
        return progress(saved, published, now).map(Step.class::cast).orElseGet(Step.Rest::new);
    }

    /** The state with a new authority, as a person asked for; empty when one is on its way already. */
    public Optional<TrustState> rotated(TrustState saved, Instant now) {
        return saved.newest().isUsableAt(now) ? Optional.of(withFresh(saved, now)) : Optional.empty();
    }

    private Optional<Step> progress(TrustState saved, Published published, Instant now) {
        Authority newest = saved.newest();
        Instant usableFrom = newest.usableFrom();
        if (!newest.isValidAt(now)) {
            return save(withFresh(saved, now), "the certificate authority is not valid at this time");
        }
        if (usableFrom == null) {
            return published.anyTrusted().contains(newest.certificate())
                    ? save(usableSoon(saved, now), "the new authority was read back from the webhook configuration")
                    : Optional.empty();
        }
        if (usableFrom.isAfter(now)) {
            return isFurtherThanWeSet(usableFrom, now)
                    ? save(usableSoon(saved, now), "the clock went back while the new authority waited")
                    : Optional.empty();
        }
        return finish(saved, now);
    }

    /** What is left to do once the newest authority issues. */
    private Optional<Step> finish(TrustState saved, Instant now) {
        Authority newest = saved.newest();
        if (saved.older().stream().anyMatch(older -> mustRetire(older, now))) {
            return save(
                    saved.withOlder(older -> mustRetire(older, now) ? older.retired(now) : older),
                    "the new authority issues; the old one is only trusted from now on");
        }
        List<Authority> kept = new ArrayList<>(saved.older());
        if (kept.removeIf(older -> older.isGoneAt(now, policy.leafValidity()))) {
            kept.add(newest);
            return save(new TrustState(kept), "the last leaf under the old authority has ended");
        }
        if (!now.isBefore(newest.end().minus(policy.caRenewBefore()))) {
            return save(withFresh(saved, now), "the certificate authority ends at " + newest.end());
        }
        return Optional.empty();
    }

    /** The first authority: at once usable when nothing is trusted yet, so that nothing can break. */
    private Step create(Published published, Instant now) {
        List<Authority> authorities = new ArrayList<>();
        for (X509Certificate certificate : published.anyTrusted()) {
            Authority adopted = Authority.adopted(certificate, now);
            if (certificate.getBasicConstraints() >= 0 && adopted.isValidAt(now)) {
                authorities.add(adopted);
            }
        }
        authorities.add(Authority.fresh(newAuthority(now), authorities.isEmpty() ? now : null));
        return new Step.Save(new TrustState(authorities), "there is no certificate authority yet");
    }

    private TrustState withFresh(TrustState saved, Instant now) {
        boolean someoneIsTrusted = saved.authorities().stream().anyMatch(authority -> authority.isValidAt(now));
        return saved.with(Authority.fresh(newAuthority(now), someoneIsTrusted ? null : now));
    }

    private CertificateAuthority newAuthority(Instant now) {
        return CertificateAuthority.create(policy.caName(), policy.caValidity(), now);
    }

    private TrustState usableSoon(TrustState saved, Instant now) {
        return saved.withNewest(saved.newest().usableFrom(now.plus(policy.settle())));
    }

    private boolean isFurtherThanWeSet(Instant usableFrom, Instant now) {
        return usableFrom.isAfter(now.plus(policy.settle()).plus(CertificateAuthority.CLOCK_SKEW));
    }

    /** Not retired yet, or retired in a future that a wrong clock has seen. */
    private static boolean mustRetire(Authority older, Instant now) {
        Instant retiredAt = older.retiredAt();
        return retiredAt == null || retiredAt.isAfter(now.plus(CertificateAuthority.CLOCK_SKEW));
    }

    private static Optional<Step> save(TrustState state, String reason) {
        return Optional.of(new Step.Save(state, reason));
    }
}
