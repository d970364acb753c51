package io.purser.certs.authority;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The textual encoding of certificates and keys (RFC 7468): certificates and PKCS#8 private keys only. */
public final class Pem {
    private static final Base64.Encoder BODY = Base64.getMimeEncoder(64, new byte[] {'\n'});
    private static final Pattern CERTIFICATE = block("CERTIFICATE");
    private static final Pattern PRIVATE_KEY = block("PRIVATE KEY");
    private static final List<String> KEY_ALGORITHMS = List.of("EC", "RSA", "Ed25519");

    private Pem() {}

    /** One PEM block for each certificate, in the given order. */
    public static String ofCertificates(Collection<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            try {
                text.append(encode("CERTIFICATE", certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new IllegalArgumentException("A certificate cannot be encoded as DER", e);
            }
        }
        return text.toString();
    }

    /** The key as unencrypted PKCS#8. The result is a secret. */
    public static String ofPrivateKey(PrivateKey key) {
        return encode("PRIVATE KEY", key.getEncoded());
    }

    /**
     * Every certificate in the text, in order; text between the blocks is ignored, as OpenSSL does.
     *
     * @throws InvalidPemException when there is none, or one that is no X.509 certificate
     */
    public static List<X509Certificate> certificates(String pem) {
        List<X509Certificate> certificates = new ArrayList<>();
        Matcher blocks = CERTIFICATE.matcher(pem);
        while (blocks.find()) {
            certificates.add(certificate(decode(blocks.group(1))));
        }
        if (certificates.isEmpty()) {
            throw new InvalidPemException("The text holds no PEM block of type CERTIFICATE");
        }
        return List.copyOf(certificates);
    }

    /**
     * The first private key in the text.
     *
     * @throws InvalidPemException when there is no PKCS#8 key of a known algorithm (EC, RSA, Ed25519)
     */
    public static PrivateKey privateKey(String pem) {
        Matcher block = PRIVATE_KEY.matcher(pem);
        if (!block.find()) {
            throw new InvalidPemException("The text holds no PEM block of type PRIVATE KEY;"
                    + " convert the key to PKCS#8: openssl pkcs8 -topk8 -nocrypt");
        }
        PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(decode(block.group(1)));
        return KEY_ALGORITHMS.stream()
                .flatMap(algorithm -> read(encoded, algorithm).stream())
                .findFirst()
                .orElseThrow(() ->
                        new InvalidPemException("The private key is none of the known algorithms " + KEY_ALGORITHMS));
    }

    /** Nothing when the key is of another algorithm: its encoding names its own, but the API does not tell which. */
    private static Optional<PrivateKey> read(PKCS8EncodedKeySpec encoded, String algorithm) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(encoded));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new InvalidPemException("A PEM block of type CERTIFICATE holds no X.509 certificate", e);
        }
    }

    private static byte[] decode(String body) {
        try {
            return Base64.getMimeDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            // the cause would quote what it could not read
            throw new InvalidPemException("A PEM block is not base64");
        }
    }

    private static String encode(String type, byte[] der) {
        String body = new String(BODY.encode(der), StandardCharsets.US_ASCII);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }

    private static Pattern block(String type) {
        return Pattern.compile("-----BEGIN " + type + "-----([^-]*)-----END " + type + "-----");
    }
}
