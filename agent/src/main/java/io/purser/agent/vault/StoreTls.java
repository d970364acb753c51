package io.purser.agent.vault;

import io.purser.agent.config.AuthConfig;
import io.purser.agent.config.TlsConfig;
import io.purser.agent.lease.StoreException;
import io.purser.agent.lease.StoreException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The agent's trust in the store and its own certificate: all certificates of the bundle count, and files that have been
 * replaced are read again, so that a rotated certificate needs no restart.
 */
final class StoreTls implements Supplier<@Nullable SSLContext> {

    private static final char[] NO_PASSWORD = {};

    private final TlsConfig tls;
    private final IdentityFiles files;
    private final @Nullable String clientCertificate;
    private final @Nullable String clientKey;
    private String seen = "";
    private @Nullable SSLContext context;

    StoreTls(TlsConfig tls, AuthConfig auth, IdentityFiles files) {
        this.tls = tls;
        this.files = files;
        boolean own = tls.clientCertificateFile() != null;
        this.clientCertificate =
                own ? tls.clientCertificateFile() : auth.parameters().get("client_cert");
        this.clientKey = own ? tls.clientKeyFile() : auth.parameters().get("client_key");
    }

    /**
     * What to connect with now.
     *
     * @return null for the runtime's own trust and no certificate
     * @throws StoreException if there is nothing to connect with; a change that cannot be read leaves what was
     */
    @Override
    public synchronized @Nullable SSLContext get() {
        if (tls.isDefault() && clientCertificate == null) {
            return null;
        }
        String now = fingerprint();
        SSLContext last = context;
        if (last != null && now.equals(seen)) {
            return last;
        }
        try {
            SSLContext made = build();
            context = made;
            seen = now;
            return made;
        } catch (IOException | GeneralSecurityException e) {
            if (last != null) {
                return last;
            }
            throw new StoreException(Kind.UNREACHABLE, e.getMessage() + "; check the store's TLS settings", null, e);
        }
    }

    private SSLContext build() throws IOException, GeneralSecurityException {
        SSLContext made = SSLContext.getInstance("TLS");
        made.init(keys(), trust(), null);
        SSLContext named = new StoreSslContext(made, tls.serverName());
        // A connection is made with the default factory before the driver gives it ours; without one of ours there, the
        // runtime would read all of its own authorities for that: a fifth of the agent's start.
        HttpsURLConnection.setDefaultSSLSocketFactory(named.getSocketFactory());
        return named;
    }

    private TrustManager @Nullable [] trust() throws IOException, GeneralSecurityException {
        if (tls.skipVerify()) {
            return new TrustManager[] {new TrustAnyone()};
        }
        List<X509Certificate> authorities = authorities();
        if (authorities.isEmpty()) {
            return null; // the runtime's own
        }
        Set<TrustAnchor> anchors = new HashSet<>();
        for (X509Certificate authority : authorities) {
            anchors.add(new TrustAnchor(authority, null));
        }
        // The rules of a key store's trust, revocation not asked for, without the key store: PKCS#12 is not for every
        // pod.
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, null);
        parameters.setRevocationEnabled(false);
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(parameters));
        return factory.getTrustManagers();
    }

    private KeyManager @Nullable [] keys() throws IOException, GeneralSecurityException {
        if (clientCertificate == null || clientKey == null) {
            return null;
        }
        List<X509Certificate> chain = Pem.certificates(read(clientCertificate), clientCertificate);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        store.setKeyEntry(
                "agent",
                Pem.privateKey(read(clientKey), clientKey),
                NO_PASSWORD,
                chain.toArray(new X509Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    /** Those that are trusted by the settings; empty for the runtime's own. */
    List<X509Certificate> authorities() throws IOException, GeneralSecurityException {
        List<X509Certificate> authorities = new ArrayList<>();
        if (tls.caPem() != null) {
            authorities.addAll(Pem.certificates(tls.caPem(), "the CA certificate of the settings"));
        }
        if (tls.caFile() != null) {
            authorities.addAll(Pem.certificates(read(tls.caFile()), tls.caFile()));
        }
        for (Path file : authorityFiles()) {
            authorities.addAll(Pem.certificates(Files.readString(file, StandardCharsets.ISO_8859_1), file.toString()));
        }
        return authorities;
    }

    private List<Path> authorityFiles() throws IOException {
        List<Path> found = new ArrayList<>();
        if (tls.caDirectory() != null) {
            // Names that begin with two dots are the kubelet's own, and show everything a second time.
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                    files.inside(tls.caDirectory()),
                    entry -> Files.isRegularFile(entry)
                            && !String.valueOf(entry.getFileName()).startsWith(".."))) {
                entries.forEach(found::add);
            }
            found.sort(null);
        }
        return found;
    }

    private String read(String file) throws IOException {
        try {
            return Files.readString(files.inside(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    /** Changes when one of the files does. */
    private String fingerprint() {
        StringBuilder print = new StringBuilder();
        try {
            List<Path> watched = new ArrayList<>(authorityFiles());
            for (String file : new @Nullable String[] {tls.caFile(), clientCertificate, clientKey}) {
                if (file != null) {
                    watched.add(files.inside(file));
                }
            }
            for (Path file : watched) {
                print.append(file.toRealPath())
                        .append(Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS))
                        .append('\n');
            }
        } catch (IOException e) {
            print.append(e.getClass().getSimpleName());
        }
        return print.toString();
    }
}
