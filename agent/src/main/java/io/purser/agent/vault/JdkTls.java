package io.purser.agent.vault;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The JDK's TLS, for an agent without the distribution: on a laptop and in tests. */
final class JdkTls {

    private static final char[] NO_PASSWORD = {};

    private JdkTls() {}

    static SSLSocketFactory sockets(TlsMaterial material) throws IOException, GeneralSecurityException {
        SSLContext made = SSLContext.getInstance("TLS");
        made.init(keys(material), trust(material), null);
        return made.getSocketFactory();
    }

    private static TrustManager @Nullable [] trust(TlsMaterial material) throws GeneralSecurityException {
        if (material.skipVerify()) {
            return new TrustManager[] {new TrustAnyone()};
        }
        if (material.authorities().isEmpty()) {
            return null; // the JDK's own
        }
        Set<TrustAnchor> anchors = new HashSet<>();
        for (X509Certificate authority : certificates(material.authorities())) {
            anchors.add(new TrustAnchor(authority, null));
        }
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, null);
        parameters.setRevocationEnabled(false);
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(parameters));
        return factory.getTrustManagers();
    }

    private static KeyManager @Nullable [] keys(TlsMaterial material) throws IOException, GeneralSecurityException {
        PemBlock key = material.key();
        if (key == null) {
            return null;
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        store.setKeyEntry(
                "agent",
                privateKey(key),
                NO_PASSWORD,
                certificates(material.chain()).toArray(new X509Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static List<X509Certificate> certificates(List<PemBlock> blocks) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlock block : blocks) {
            certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
        }
        return certificates;
    }

    /**
     * A key in PKCS#8, or in the older forms of RSA and elliptic curves.
     *
     * @throws GeneralSecurityException if it cannot be used; its message holds nothing of the key
     */
    static PrivateKey privateKey(PemBlock block) throws GeneralSecurityException {
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(
                switch (block.kind()) {
                    case "RSA PRIVATE KEY" -> Der.rsaToPkcs8(block.der());
                    case "EC PRIVATE KEY" -> Der.ecToPkcs8(block.der());
                    default -> block.der();
                });
        InvalidKeySpecException last = new InvalidKeySpecException("no algorithm was tried");
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                last = e; // a key of another algorithm, perhaps of the next one
            }
        }
        throw new GeneralSecurityException(
                block.origin() + " holds a private key that is neither RSA, EC nor EdDSA", last);
    }
}
