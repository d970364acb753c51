package io.purser.certs.rotation;

import io.purser.certs.authority.CertificateAuthority;
import io.purser.certs.authority.Pem;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One authority in its way from new to dropped. New: no {@code usableFrom}. Seen in the webhook configuration: with
 * one, and issuing from then on. Retired: with {@code retiredAt}, without its key, trusted until its last leaf is gone.
 *
 * @param certificate its certificate
 * @param privateKeyPem its key, a secret; null when it issues no more
 * @param usableFrom from when a leaf under it is trusted by every API server; null when it was not yet seen published
 * @param retiredAt from when no replica issues under it; null before
 */
public record Authority(
        X509Certificate certificate,
        @Nullable String privateKeyPem,
        @Nullable Instant usableFrom,
        @Nullable Instant retiredAt) {

    static Authority fresh(CertificateAuthority ca, @Nullable Instant usableFrom) {
        return new Authority(ca.certificate(), ca.privateKeyPem(), usableFrom, null);
    }

    /** An authority that only a published bundle tells of: its key is lost, its leaves may still be served. */
    static Authority adopted(X509Certificate certificate, Instant now) {
        return new Authority(certificate, null, now, now);
    }

    /** What issues under it; empty without a key. */
    public Optional<CertificateAuthority> issuer() {
        return Optional.ofNullable(privateKeyPem)
                .map(key -> CertificateAuthority.fromPem(Pem.ofCertificates(List.of(certificate)), key));
    }

    boolean isUsableAt(Instant now) {
        return privateKeyPem != null && usableFrom != null && !usableFrom.isAfter(now) && isValidAt(now);
    }

    boolean isValidAt(Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant()) && now.isBefore(end());
    }

    /** When its certificate ends. */
    public Instant end() {
        return certificate.getNotAfter().toInstant();
    }

    /** Whether no leaf under it can be valid any more. */
    boolean isGoneAt(Instant now, Duration leafValidity) {
        return !now.isBefore(end())
                || (retiredAt != null
                        && !now.isBefore(
                                retiredAt.plus(leafValidity).plus(CertificateAuthority.CLOCK_SKEW.multipliedBy(2))));
    }

    Authority usableFrom(Instant from) {
        return new Authority(certificate, privateKeyPem, from, retiredAt);
    }

    Authority retired(Instant at) {
        return new Authority(certificate, null, Objects.requireNonNullElse(usableFrom, at), at);
    }

    /** Names the authority and its stage; never shows the key. */
    @Override
    public String toString() {
        return "Authority[" + certificate.getSubjectX500Principal() + ", usableFrom=" + usableFrom + ", retiredAt="
                + retiredAt + ", key " + (privateKeyPem == null ? "none" : "[REDACTED]") + "]";
    }
}
