package io.purser.certs.rotation;

import io.purser.certs.authority.Leaf;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a replica issues itself a new leaf, and under which authority. */
public final class LeafRenewal {
    private final RotationPolicy policy;
    private final List<String> names;

    /**
     * With the times of {@code policy}.
     *
     * @param names the DNS names that the leaf is for
     */
    public LeafRenewal(RotationPolicy policy, List<String> names) {
        this.policy = policy;
        this.names = List.copyOf(names);
    }

    /**
     * A new leaf where one is due.
     *
     * @param state the trust state as last read
     * @param readAt when it was read: no leaf lasts longer from then than a leaf's validity, so that a replica cut off
     *     from the API server does not go on under an authority that was dropped meanwhile
     * @param served the certificate served now; null for none
     * @return empty when the served one is right, or when no authority may issue yet
     */
    public Optional<Leaf> renew(TrustState state, Instant readAt, @Nullable X509Certificate served, Instant now) {
        Optional<Authority> issuing = state.issuing(now);
        if (issuing.isEmpty()) {
            return Optional.empty();
        }
        Instant end = earlier(readAt.plus(policy.leafValidity()), issuing.get().end());
        if (!now.isBefore(end)) {
            return Optional.empty();
        }
        if (served != null && isRight(served, issuing.get(), now) && lastsLongEnough(served, end, now)) {
            return Optional.empty();
        }
        return issuing.get().issuer().map(ca -> ca.issue(names, Duration.between(now, end), now));
    }

    private boolean isRight(X509Certificate served, Authority issuing, Instant now) {
        return !now.isBefore(served.getNotBefore().toInstant())
                && isFor(served)
                && isUnder(served, issuing.certificate());
    }

    /** Past its half, a leaf is replaced where that gains time: cut off from the API server, it does not. */
    private boolean lastsLongEnough(X509Certificate served, Instant newEnd, Instant now) {
        Instant end = served.getNotAfter().toInstant();
        if (!now.isBefore(end)) {
            return false;
        }
        boolean inFirstHalf = now.isBefore(end.minus(policy.leafValidity().dividedBy(2)));
        return inFirstHalf || newEnd.isBefore(end.plus(policy.leafValidity().dividedBy(10)));
    }

    private boolean isFor(X509Certificate served) {
        try {
            return served.getSubjectAlternativeNames() != null
                    && served.getSubjectAlternativeNames().stream()
                            .map(name -> String.valueOf(name.get(1)))
                            .toList()
                            .equals(names);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static boolean isUnder(X509Certificate served, X509Certificate authority) {
        if (!served.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
            return false;
        }
        try {
            served.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
