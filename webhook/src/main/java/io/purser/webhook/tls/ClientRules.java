package io.purser.webhook.tls;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What API servers, which are Go programs, refuse in a certificate, whoever issued it: served, it would look well and let nobody in. */
final class ClientRules {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
    private static final String ANY_USAGE = "2.5.29.37.0";

    /** Go 1.24 verifies no signature of a shorter one, and BoringSSL cannot sign with the shortest. */
    private static final int SHORTEST_RSA = 1024;

    /**
     * P-256, P-384 and P-521 as the DER of their identifiers, which is the same on every Java; the curve's name is not. Neither Go nor TLS 1.3 has
     * signatures on another curve.
     */
    private static final Set<String> VERIFIED_CURVES =
            Set.of("06082a8648ce3d030107", "06052b81040022", "06052b81040023");

    private ClientRules() {}

    /** Why no API server accepts it and what would be right, after "The certificate ..."; null when it may. */
    static @Nullable String refusal(X509Certificate leaf) {
        try {
            if (!namesAHost(leaf.getSubjectAlternativeNames())) {
                return "names no host among its subject alternative names, and API servers do not look at its common name;"
                        + " have it issued for the Service's name, such as purser-webhook.purser.svc.";
            }
            List<String> usages = leaf.getExtendedKeyUsage();
            if (usages != null && !usages.contains(SERVER_AUTHENTICATION) && !usages.contains(ANY_USAGE)) {
                return "is not for servers; have it issued with the extended key usage serverAuth, or with none.";
            }
        } catch (CertificateParsingException e) {
            return "has an extension that cannot be decoded; have it issued anew.";
        }
        if (leaf.getPublicKey() instanceof ECPublicKey ec && !isVerified(ec)) {
            return "has a key on the curve " + ec.getParams() + ", whose signatures API servers do not verify; have it"
                    + " issued for a key on P-256.";
        }
        if (leaf.getPublicKey() instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < SHORTEST_RSA) {
            return "has an RSA key of " + rsa.getModulus().bitLength() + " bits; have it issued for one of 2048.";
        }
        return null;
    }

    private static boolean isVerified(ECPublicKey key) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(key.getParams());
            return VERIFIED_CURVES.contains(HexFormat.of().formatHex(parameters.getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            return false; // a curve that has no name is none of these
        }
    }

    private static boolean namesAHost(@Nullable Collection<List<?>> names) {
        return names != null
                && names.stream().anyMatch(name -> List.of(DNS_NAME, IP_ADDRESS).contains(name.get(0)));
    }
}
