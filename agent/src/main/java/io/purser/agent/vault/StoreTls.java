package io.purser.agent.vault;

import io.purser.agent.config.AuthConfig;
import io.purser.agent.config.StoreConfig;
import io.purser.agent.config.TlsConfig;
import io.purser.agent.lease.StoreException;
import io.purser.agent.lease.StoreException.Kind;
import io.purser.agent.vault.openssl.OpenSslContext;
import io.purser.agent.vault.openssl.OpenSslSocketFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The agent's trust in the store and its own certificate: all certificates of the bundle count, and files that have been
 * replaced are read again, so that a rotated certificate needs no restart.
 */
final class StoreTls implements Supplier<@Nullable SSLContext> {

    /** Below the distribution's runtime, in PEM. */
    private static final String PUBLIC_AUTHORITIES = "lib/security/authorities.pem";

    private final boolean secure;
    private final TlsConfig tls;
    private final IdentityFiles files;
    private final @Nullable String clientCertificate;
    private final @Nullable String clientKey;
    private String seen = "";
    private @Nullable SSLContext context;
    private @Nullable OpenSslContext openSsl;
    private @Nullable OpenSslContext retired;

    StoreTls(StoreConfig store, AuthConfig auth, IdentityFiles files) {
        this.secure = store.address().startsWith("https://");
        this.tls = store.tls();
        this.files = files;
        boolean own = tls.clientCertificateFile() != null;
        this.clientCertificate =
                own ? tls.clientCertificateFile() : auth.parameters().get("client_cert");
        this.clientKey = own ? tls.clientKeyFile() : auth.parameters().get("client_key");
    }

    /** Reads it beside what else is done, and does not wait. */
    void prepare() {
        if (secure) {
            Thread thread = new Thread(this::tryToRead, "tls");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void tryToRead() {
        try {
            get();
        } catch (StoreException e) {
            // the first request will say so
        }
    }

    /**
     * What to connect with now.
     *
     * @return null where there is no TLS, or the JDK's with its own trust and no certificate
     * @throws StoreException if there is nothing to connect with; a change that cannot be read leaves what was
     */
    @Override
    public synchronized @Nullable SSLContext get() {
        boolean plain = tls.isDefault() && clientCertificate == null;
        if (!secure || (plain && !OpenSslContext.isThere())) {
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
        TlsMaterial material = new TlsMaterial(tls.skipVerify(), authorities(), chain(), key());
        SSLSocketFactory sockets = OpenSslContext.isThere() ? openSsl(material) : JdkTls.sockets(material);
        String serverName = tls.serverName();
        SSLContext named =
                new StoreSslContext(serverName == null ? sockets : new NamedSocketFactory(sockets, serverName));
        // A connection is made with the default factory before the driver gives it ours; without one of ours there, the
        // runtime would set up its own TLS for that.
        HttpsURLConnection.setDefaultSSLSocketFactory(named.getSocketFactory());
        return named;
    }

    private SSLSocketFactory openSsl(TlsMaterial material) throws GeneralSecurityException {
        OpenSslContext made = new OpenSslContext(!material.skipVerify());
        try {
            if (material.authorities().isEmpty() && !material.skipVerify()) {
                made.trust(Path.of(System.getProperty("java.home"), PUBLIC_AUTHORITIES));
            }
            for (PemBlock authority : material.authorities()) {
                made.trust(authority.der(), authority.origin());
            }
            PemBlock key = material.key();
            if (key != null) {
                made.identify(material.chain().stream().map(PemBlock::der).toList(), key.der(), key.origin());
            }
        } catch (GeneralSecurityException e) {
            made.close();
            throw e;
        }
        // Who was given the last one may be about to connect with it.
        OpenSslContext beforeLast = retired;
        if (beforeLast != null) {
            beforeLast.close();
        }
        retired = openSsl;
        openSsl = made;
        return new OpenSslSocketFactory(made);
    }

    private List<PemBlock> chain() throws IOException, GeneralSecurityException {
        return clientCertificate == null ? List.of() : Pem.certificates(read(clientCertificate), clientCertificate);
    }

    private @Nullable PemBlock key() throws IOException, GeneralSecurityException {
        return clientCertificate == null || clientKey == null ? null : Pem.privateKey(read(clientKey), clientKey);
    }

    /** Those that are trusted by the settings; empty for the public ones. */
    private List<PemBlock> authorities() throws IOException, GeneralSecurityException {
        List<PemBlock> authorities = new ArrayList<>();
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
