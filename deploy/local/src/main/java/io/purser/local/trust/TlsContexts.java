package io.purser.local.trust;

import io.purser.certs.authority.Leaf;
import io.purser.certs.authority.Pem;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes TLS contexts for one side of a connection. */
public final class TlsContexts {

    private static final char[] NO_PASSWORD = new char[0];

    private TlsContexts() {}

    /**
     * A client that trusts these authorities and no others.
     *
     * @param caPem one or more certificates
     * @throws io.purser.certs.authority.InvalidPemException where there is none
     */
    public static SSLContext client(String caPem) {
        List<X509Certificate> authorities = Pem.certificates(caPem);
        try {
            KeyStore trusted = empty();
            for (int i = 0; i < authorities.size(); i++) {
                trusted.setCertificateEntry("ca" + i, authorities.get(i));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java runtime cannot trust a certificate of its own kind", e);
        }
    }

    /** A server that shows this certificate. */
    public static SSLContext server(Leaf leaf) {
        try {
            KeyStore keys = empty();
            Certificate[] chain = Pem.certificates(leaf.certificateChainPem()).toArray(Certificate[]::new);
            keys.setKeyEntry("leaf", Pem.privateKey(leaf.privateKeyPem()), NO_PASSWORD, chain);
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java runtime cannot serve a certificate of its own kind", e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }
}
