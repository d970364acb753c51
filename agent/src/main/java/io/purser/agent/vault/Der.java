package io.purser.agent.vault;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

/** The little ASN.1 that is needed to put an older private key into PKCS#8 (RFC 5208, RFC 8017, RFC 5915). */
final class Der {

    private static final int INTEGER = 0x02;
    private static final int OCTETS = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int PARAMETERS = 0xA0;
    private static final byte[] VERSION_0 = {0};

    /** The object identifier of RSA, with its parameter NULL. */
    private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");

    /** The object identifier of elliptic curves; that of the curve follows. */
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private Der() {}

    static byte[] rsaToPkcs8(byte[] key) {
        return pkcs8(RSA, key);
    }

    static byte[] ecToPkcs8(byte[] key) throws GeneralSecurityException {
        ByteBuffer fields = content(ByteBuffer.wrap(key), SEQUENCE);
        content(fields, INTEGER);
        content(fields, OCTETS);
        ByteBuffer curve = content(fields, PARAMETERS);
        ByteArrayOutputStream algorithm = new ByteArrayOutputStream();
        algorithm.writeBytes(EC);
        while (curve.hasRemaining()) {
            algorithm.write(curve.get());
        }
        return pkcs8(algorithm.toByteArray(), key);
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        fields.writeBytes(element(INTEGER, VERSION_0));
        fields.writeBytes(element(SEQUENCE, algorithm));
        fields.writeBytes(element(OCTETS, key));
        return element(SEQUENCE, fields.toByteArray());
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length >= 0x100) {
            out.write(0x82);
            out.write(content.length >> 8);
        } else if (content.length >= 0x80) {
            out.write(0x81);
        }
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    /** Steps over the next element and gives its content. */
    private static ByteBuffer content(ByteBuffer in, int tag) throws GeneralSecurityException {
        if (in.remaining() < 2 || (in.get() & 0xff) != tag) {
            throw new GeneralSecurityException("the private key is not of the form that its PEM header says");
        }
        int length = in.get() & 0xff;
        if (length >= 0x80) {
            int octets = length & 0x7f;
            length = 0;
            for (int i = 0; i < octets && in.hasRemaining(); i++) {
                length = length << 8 | (in.get() & 0xff);
            }
        }
        if (length < 0 || length > in.remaining()) {
            throw new GeneralSecurityException("the private key is cut off");
        }
        ByteBuffer content = in.slice().limit(length);
        in.position(in.position() + length);
        return content;
    }
}
