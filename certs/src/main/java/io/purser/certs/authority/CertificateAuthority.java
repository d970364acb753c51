package io.purser.certs.authority;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * A private certificate authority (ECDSA P-256) that issues serving certificates and nothing else: its certificate
 * allows no further authority below it.
 */
public final class CertificateAuthority {
    /** How far before {@code now} a certificate begins, for verifiers whose clocks are behind ours. */
    public static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final X509Certificate certificate;
    private final PrivateKey privateKey;

    private CertificateAuthority(X509Certificate certificate, PrivateKey privateKey) {
        this.certificate = certificate;
        this.privateKey = privateKey;
    }

    /**
     * Makes a new authority with a key of its own.
     *
     * @param name the common name; two authorities of one name still differ in their subject, by a part of the key's
     *     hash, so that a verifier with both in its bundle picks the right one
     * @param validity how long from {@code now} the certificate lasts
     */
    public static CertificateAuthority create(String name, Duration validity, Instant now) {
        requirePositive(validity);
        try {
            KeyPair keys = CertificateParts.newKeyPair();
            X509v3CertificateBuilder builder = CertificateParts.selfSigned(name, keys, now, validity)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                    .addExtension(
                            Extension.subjectKeyIdentifier, false, CertificateParts.subjectKeyId(keys.getPublic()));
            return new CertificateAuthority(CertificateParts.sign(builder, keys.getPrivate()), keys.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("This Java runtime cannot make the certificate authority " + name, e);
        }
    }

    /**
     * Reads an authority back.
     *
     * @throws InvalidPemException when the text is not PEM, the certificate is no authority's, or the key is not its
     *     key
     */
    public static CertificateAuthority fromPem(String certificatePem, String privateKeyPem) {
        X509Certificate certificate = Pem.certificates(certificatePem).get(0);
        PrivateKey privateKey = Pem.privateKey(privateKeyPem);
        if (certificate.getBasicConstraints() < 0) {
            throw new InvalidPemException(
                    "The certificate " + certificate.getSubjectX500Principal() + " is not that of an authority");
        }
        if (!KeyMatch.matches(privateKey, certificate.getPublicKey())) {
            throw new InvalidPemException(
                    "The private key does not belong to the certificate " + certificate.getSubjectX500Principal());
        }
        return new CertificateAuthority(certificate, privateKey);
    }

    /**
     * Issues a serving certificate with a new key.
     *
     * @param names the DNS names and IP addresses that it is for, at least one; the first is the common name
     * @param validity how long from {@code now} it lasts, at most as long as this authority's own certificate
     * @throws IllegalArgumentException for no name, a name that is neither, or an authority that has ended
     */
    public Leaf issue(Collection<String> names, Duration validity, Instant now) {
        requirePositive(validity);
        SubjectNames subject = SubjectNames.of(names);
        Instant caEnd = certificate.getNotAfter().toInstant();
        Instant wanted = now.plus(validity);
        Instant end = wanted.isAfter(caEnd) ? caEnd : wanted;
        if (!end.isAfter(now)) {
            throw new IllegalArgumentException("The certificate authority ended at " + caEnd + "; make a new one");
        }
        try {
            KeyPair keys = CertificateParts.newKeyPair();
            X509v3CertificateBuilder builder = CertificateParts.issued(certificate, subject.commonName(), keys)
                    .apply(now.minus(CLOCK_SKEW), end)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(Extension.subjectAlternativeName, false, subject.alternativeNames())
                    .addExtension(
                            Extension.subjectKeyIdentifier, false, CertificateParts.subjectKeyId(keys.getPublic()))
                    .addExtension(
                            Extension.authorityKeyIdentifier, false, CertificateParts.authorityKeyId(certificate));
            X509Certificate leaf = CertificateParts.sign(builder, privateKey);
            return new Leaf(Pem.ofCertificates(List.of(leaf)), Pem.ofPrivateKey(keys.getPrivate()));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("This Java runtime cannot issue a certificate for " + names, e);
        }
    }

    /** The authority's certificate: what clients trust. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** The authority's certificate as PEM: the caBundle of a webhook configuration. */
    public String certificatePem() {
        return Pem.ofCertificates(List.of(certificate));
    }

    /** The authority's key, PKCS#8 PEM, not encrypted: a secret. */
    public String privateKeyPem() {
        return Pem.ofPrivateKey(privateKey);
    }

    /** Whether the certificate was signed with this authority's key; says nothing of its dates. */
    public boolean issued(X509Certificate leaf) {
        try {
            leaf.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Names the authority; never shows the key. */
    @Override
    public String toString() {
        return "CertificateAuthority[" + certificate.getSubjectX500Principal() + ", until "
                + certificate.getNotAfter().toInstant() + ", key [REDACTED]]";
    }

    private static void requirePositive(Duration validity) {
        if (validity.isNegative() || validity.isZero()) {
            throw new IllegalArgumentException("A certificate's validity must be longer than zero, not " + validity);
        }
    }
}
