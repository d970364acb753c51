package io.purser.certs.authority;

import java.security.cert.X509Certificate;

/**
 * A serving certificate with its private key.
 *
 * @param certificateChainPem the certificate, PEM; its issuer is the trust anchor and so not part of the chain
 * @param privateKeyPem the key, PKCS#8 PEM, not encrypted: a secret
 */
public record Leaf(String certificateChainPem, String privateKeyPem) {
    /** The serving certificate itself. */
    public X509Certificate certificate() {
        return Pem.certificates(certificateChainPem).get(0);
    }

    /** Names the certificate; never shows the key. */
    @Override
    public String toString() {
        X509Certificate certificate = certificate();
        return "Leaf[" + certificate.getSubjectX500Principal() + ", until "
                + certificate.getNotAfter().toInstant() + ", key [REDACTED]]";
    }
}
