package io.purser.webhook.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/** Private keys in the encodings that certificate tools write, and the check that one belongs to a public key. */
final class PrivateKeys {

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    private PrivateKeys() {}

    /**
     * Decodes a private key.
     *
     * @param block the PEM block of the key
     * @param belongsTo the public key it should belong to; says which algorithm it is for
     * @throws GeneralSecurityException when it is no key of that algorithm
     */
    static PrivateKey decode(PemBlocks.Block block, PublicKey belongsTo) throws GeneralSecurityException {
        byte[] pkcs8 =
                switch (block.label()) {
                    case "PRIVATE KEY" -> block.der();
                    case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> wrap(block.der(), belongsTo);
                    default ->
                        throw new GeneralSecurityException("a " + block.label() + " is not an unencrypted private key");
                };
        return KeyFactory.getInstance(belongsTo.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    /** Tells whether what the private key signs is verified by the public key. */
    static boolean match(PrivateKey privateKey, PublicKey publicKey) {
        byte[] probe = "purser".getBytes(US_ASCII);
        try {
            Signature signature = Signature.getInstance(signatureOf(publicKey));
            signature.initSign(privateKey);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // for instance a signature of another length
        }
    }

    private static String signatureOf(PublicKey key) {
        return key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256with" + key.getAlgorithm();
    }

    /**
     * PKCS #1 and SEC 1 hold the bare key; PKCS #8 (RFC 5208) is that key with the algorithm named before it, and the algorithm
     * with its parameters stands in the certificate's public key (RFC 5280, SubjectPublicKeyInfo).
     */
    private static byte[] wrap(byte[] bareKey, PublicKey publicKey) throws GeneralSecurityException {
        byte[] algorithm = algorithmIdentifier(publicKey.getEncoded());
        return element(SEQUENCE, concat(VERSION_0, algorithm, element(OCTET_STRING, bareKey)));
    }

    private static byte[] algorithmIdentifier(byte[] subjectPublicKeyInfo) throws GeneralSecurityException {
        int start = contentAt(subjectPublicKeyInfo, 0);
        int content = contentAt(subjectPublicKeyInfo, start);
        int length = lengthAt(subjectPublicKeyInfo, start);
        return Arrays.copyOfRange(subjectPublicKeyInfo, start, content + length);
    }

    private static int contentAt(byte[] der, int at) throws GeneralSecurityException {
        int first = der[at + 1] & 0xff;
        if (first > 0x84) {
            throw new GeneralSecurityException("the public key is not DER");
        }
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int lengthAt(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = (length << 8) | (der[at + 2 + i] & 0xff);
        }
        return length;
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 6);
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length <= 0xff) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82); // no private key is longer than 65535 bytes
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
