package io.purser.certs.rotation;

import io.purser.certs.authority.Pem;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * All authorities that clients should trust now: the content of the one Secret.
 *
 * @param authorities from the oldest to the newest, at least one; the newest always has its key
 */
public record TrustState(List<Authority> authorities) {
    /**
     * Checks and copies the list.
     *
     * @throws IllegalArgumentException when there is no authority, or the newest cannot issue
     */
    public TrustState {
        authorities = List.copyOf(authorities);
        if (authorities.isEmpty()) {
            throw new IllegalArgumentException("A trust state needs at least one certificate authority");
        }
        if (authorities.get(authorities.size() - 1).privateKeyPem() == null) {
            throw new IllegalArgumentException("The newest certificate authority has no key to issue with");
        }
    }

    /** The authority that issues, or will once it is seen published. */
    public Authority newest() {
        return authorities.get(authorities.size() - 1);
    }

    /** The authority under which a leaf may be served now; empty while the only one with a key is not usable yet. */
    public Optional<Authority> issuing(Instant now) {
        for (int index = authorities.size() - 1; index >= 0; index--) {
            if (authorities.get(index).isUsableAt(now)) {
                return Optional.of(authorities.get(index));
            }
        }
        return Optional.empty();
    }

    /** The caBundle: the certificates of all authorities, PEM. */
    public String bundle() {
        return Pem.ofCertificates(certificates());
    }

    List<X509Certificate> certificates() {
        return authorities.stream().map(Authority::certificate).toList();
    }

    TrustState with(Authority added) {
        List<Authority> all = new ArrayList<>(authorities);
        all.add(added);
        return new TrustState(all);
    }

    TrustState withNewest(Authority changed) {
        List<Authority> all = new ArrayList<>(authorities);
        all.set(all.size() - 1, changed);
        return new TrustState(all);
    }

    TrustState withOlder(UnaryOperator<Authority> change) {
        List<Authority> all = new ArrayList<>(older().stream().map(change).toList());
        all.add(newest());
        return new TrustState(all);
    }

    List<Authority> older() {
        return authorities.subList(0, authorities.size() - 1);
    }
}
