package io.purser.webhook.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A certificate chain with its key, checked to belong together, ready to be served.
 *
 * @param leaf the serving certificate
 * @param keys the chain and its private key
 * @param clientAuthorities who may vouch for clients; null when clients need no certificate
 */
public record ServingCertificate(
        X509Certificate leaf, X509KeyManager keys, @Nullable X509TrustManager clientAuthorities) {

    /** BoringSSL, by Netty, knows no others: with an Ed25519 key every handshake would fail. */
    private static final List<String> SERVED = List.of("EC", "RSA");

    /**
     * Reads and checks the files.
     *
     * @throws UnusableCertificateException when a file is missing, is not what it should be, or when the key is another
     *     certificate's
     */
    public static ServingCertificate load(CertificateFiles files) throws UnusableCertificateException {
        List<X509Certificate> chain = certificates(files.certificate());
        X509Certificate leaf = chain.get(0);
        String algorithm = leaf.getPublicKey().getAlgorithm();
        if (!SERVED.contains(algorithm)) {
            throw new UnusableCertificateException("The certificate in " + files.certificate() + " has a key for "
                    + algorithm + ", which is not served; have it issued for an ECDSA or an RSA key.");
        }
        String refusal = ClientRules.refusal(leaf);
        if (refusal != null) {
            throw new UnusableCertificateException("The certificate in " + files.certificate() + " " + refusal);
        }
        PrivateKey key = key(files.key(), leaf);
        OneKey keys = new OneKey(key, chain);
        // the second looks again where a client refuses what others accept, as a key whose usage is not to sign
        if (!Rehearsal.succeeds(keys, leaf) && !PrivateKeys.match(key, leaf.getPublicKey())) {
            throw new UnusableCertificateException(
                    "The key in " + files.key() + " does not belong to the certificate in " + files.certificate()
                            + "; give the two files of one pair.");
        }
        Path authorities = files.clientAuthorities();
        return new ServingCertificate(leaf, keys, authorities == null ? null : trust(authorities));
    }

    /** The instant before which clients refuse this certificate. */
    public Instant start() {
        return leaf.getNotBefore().toInstant();
    }

    /** The instant after which clients refuse this certificate. */
    public Instant expiry() {
        return leaf.getNotAfter().toInstant();
    }

    /** Tells whether clients whose clock shows {@code now} accept this certificate's dates. */
    public boolean isValidAt(Instant now) {
        return faultAt(now) == null;
    }

    /** What is wrong with this certificate's dates at {@code now}, after "The certificate ..."; null when they are valid. */
    public @Nullable String faultAt(Instant now) {
        if (now.isBefore(start())) {
            return "is not valid before " + start() + ", and it is " + now.truncatedTo(ChronoUnit.SECONDS) + " here";
        }
        return now.isAfter(expiry()) ? "has expired at " + expiry() : null;
    }

    private static List<X509Certificate> certificates(Path file) throws UnusableCertificateException {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (PemBlocks.Block block : PemBlocks.of(read(file))) {
                if (block.label().equals("CERTIFICATE")) {
                    chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
                }
            }
        } catch (CertificateException | IllegalArgumentException e) {
            throw new UnusableCertificateException(
                    file
                            + " holds a certificate that cannot be decoded; give PEM as a certificate authority issues it.",
                    e);
        }
        if (chain.isEmpty()) {
            throw new UnusableCertificateException(
                    file + " holds no PEM certificate; it should begin with " + "-----BEGIN CERTIFICATE-----.");
        }
        return chain;
    }

    private static PrivateKey key(Path file, X509Certificate leaf) throws UnusableCertificateException {
        String pem = read(file);
        try {
            for (PemBlocks.Block block : PemBlocks.of(pem)) {
                if (block.label().endsWith("PRIVATE KEY")) {
                    return PrivateKeys.decode(block, leaf.getPublicKey());
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) { // not told as the cause: it may quote the key
            throw new UnusableCertificateException("The private key in " + file + " is not an unencrypted "
                    + leaf.getPublicKey().getAlgorithm() + " key, as the certificate's is.");
        }
        throw new UnusableCertificateException(
                file + " holds no PEM private key; it should begin with -----BEGIN PRIVATE KEY-----.");
    }

    private static String read(Path file) throws UnusableCertificateException {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new UnusableCertificateException(file + " does not exist; say where the file is.", e);
        } catch (IOException e) {
            throw new UnusableCertificateException(file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static X509TrustManager trust(Path authorities) throws UnusableCertificateException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (X509Certificate authority : certificates(authorities)) {
                store.setCertificateEntry("client-ca-" + store.size(), authority);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return (X509TrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new UnusableCertificateException(
                    "The authorities in " + authorities + " cannot be used: " + e.getMessage() + ".", e);
        }
    }
}
