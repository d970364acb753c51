package io.purser.agent.vault;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and private keys in PEM: keys in PKCS#8, and in the older forms of RSA and elliptic curves. */
final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    private Pem() {}

    /**
     * All certificates in a text.
     *
     * @param origin the file or setting, for messages
     * @throws GeneralSecurityException if there is none, or one is broken
     */
    static List<X509Certificate> certificates(String text, String origin) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group(1).endsWith("CERTIFICATE")) {
                byte[] der = decode(block.group(2), origin);
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
            }
        }
        if (certificates.isEmpty()) {
            throw new GeneralSecurityException(origin + " holds no certificate in PEM");
        }
        return certificates;
    }

    /**
     * The private key in a text.
     *
     * @param origin the file, for messages
     * @throws GeneralSecurityException if there is none that can be used; its message holds nothing of the key
     */
    static PrivateKey privateKey(String text, String origin) throws GeneralSecurityException {
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            String kind = block.group(1);
            if (kind.equals("ENCRYPTED PRIVATE KEY") || block.group(2).contains("ENCRYPTED")) {
                throw new GeneralSecurityException(origin + " holds an encrypted key; give it without a passphrase");
            }
            if (kind.endsWith("PRIVATE KEY")) {
                return key(kind, decode(block.group(2), origin), origin);
            }
        }
        throw new GeneralSecurityException(origin + " holds no private key in PEM");
    }

    private static PrivateKey key(String kind, byte[] der, String origin) throws GeneralSecurityException {
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(
                switch (kind) {
                    case "RSA PRIVATE KEY" -> Der.rsaToPkcs8(der);
                    case "EC PRIVATE KEY" -> Der.ecToPkcs8(der);
                    default -> der;
                });
        InvalidKeySpecException last = new InvalidKeySpecException("no algorithm was tried");
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                last = e; // a key of another algorithm, perhaps of the next one
            }
        }
        throw new GeneralSecurityException(origin + " holds a private key that is neither RSA, EC nor EdDSA", last);
    }

    private static byte[] decode(String base64, String origin) throws GeneralSecurityException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException(origin + " holds a block that is no base64", e);
        }
    }
}
