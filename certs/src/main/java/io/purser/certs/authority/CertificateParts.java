package io.purser.certs.authority;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.function.BiFunction;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The steps that both kinds of certificate share, on the Java runtime's own cryptography. */
final class CertificateParts {
    private static final SecureRandom RANDOM = new SecureRandom();

    private CertificateParts() {}

    static KeyPair newKeyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    static X509v3CertificateBuilder selfSigned(String name, KeyPair keys, Instant now, Duration validity)
            throws GeneralSecurityException {
        byte[] keyId = subjectKeyId(keys.getPublic()).getKeyIdentifier();
        X500Name subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, name)
                .addRDN(BCStyle.SERIALNUMBER, HexFormat.of().formatHex(keyId, 0, 8))
                .build();
        return new JcaX509v3CertificateBuilder(
                subject,
                serialNumber(),
                Date.from(now.minus(CertificateAuthority.CLOCK_SKEW)),
                Date.from(now.plus(validity)),
                subject,
                keys.getPublic());
    }

    /** A builder of a certificate under {@code issuer}, waiting for its first and last moment. */
    static BiFunction<Instant, Instant, X509v3CertificateBuilder> issued(
            X509Certificate issuer, String commonName, KeyPair keys) throws GeneralSecurityException {
        X500Name issuerName = new JcaX509CertificateHolder(issuer).getSubject();
        X500Name subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
        return (from, until) -> new JcaX509v3CertificateBuilder(
                issuerName, serialNumber(), Date.from(from), Date.from(until), subject, keys.getPublic());
    }

    static SubjectKeyIdentifier subjectKeyId(PublicKey key) throws GeneralSecurityException {
        return new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key);
    }

    static AuthorityKeyIdentifier authorityKeyId(X509Certificate issuer) throws GeneralSecurityException {
        return new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer.getPublicKey());
    }

    static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    }

    /** 127 random bits: positive, within RFC 5280's 20 bytes, never met twice. */
    private static BigInteger serialNumber() {
        return new BigInteger(127, RANDOM).add(BigInteger.ONE);
    }
}
