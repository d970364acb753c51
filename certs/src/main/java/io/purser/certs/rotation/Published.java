package io.purser.certs.rotation;

import io.purser.certs.authority.InvalidPemException;
import io.purser.certs.authority.Pem;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the webhook configuration was read to trust. */
public sealed interface Published {
    /** There is no such webhook configuration, or it has no webhook. */
    record Absent() implements Published {}

    /**
     * The configuration is there.
     *
     * @param trusted the certificates that each of its webhooks trusts
     */
    record Bundles(List<Set<X509Certificate>> trusted) implements Published {
        /** Copies the list. */
        public Bundles {
            trusted = List.copyOf(trusted);
        }
    }

    /**
     * Reads the bundles of a configuration; one that a hand has spoilt trusts nothing.
     *
     * @param caBundles the caBundle of each of its webhooks, PEM; an empty text where there is none
     */
    static Published of(List<String> caBundles) {
        return caBundles.isEmpty()
                ? new Absent()
                : new Bundles(caBundles.stream().map(Published::read).toList());
    }

    /** Whether every webhook trusts exactly these certificates. */
    default boolean isExactly(List<X509Certificate> certificates) {
        return this instanceof Bundles bundles
                && bundles.trusted().stream().allMatch(new HashSet<>(certificates)::equals);
    }

    /** Every certificate that some webhook trusts. */
    default Set<X509Certificate> anyTrusted() {
        Set<X509Certificate> all = new HashSet<>();
        if (this instanceof Bundles bundles) {
            bundles.trusted().forEach(all::addAll);
        }
        return all;
    }

    private static Set<X509Certificate> read(String bundle) {
        try {
            return bundle.isBlank() ? Set.of() : Set.copyOf(Pem.certificates(bundle));
        } catch (InvalidPemException e) {
            return Set.of();
        }
    }
}
