package io.purser.agent.vault;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds certificates and private keys in files of PEM (RFC 7468), whatever stands around them. */
final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    private Pem() {}

    /**
     * All certificates in a text.
     *
     * @param origin the file or setting, for messages
     * @throws GeneralSecurityException if there is none, or one is no base64
     */
    static List<PemBlock> certificates(String text, String origin) throws GeneralSecurityException {
        List<PemBlock> certificates = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group(1).endsWith("CERTIFICATE")) {
                certificates.add(decode(block, origin));
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
    static PemBlock privateKey(String text, String origin) throws GeneralSecurityException {
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            String kind = block.group(1);
            if (kind.equals("ENCRYPTED PRIVATE KEY") || block.group(2).contains("ENCRYPTED")) {
                throw new GeneralSecurityException(origin + " holds an encrypted key; give it without a passphrase");
            }
            if (kind.endsWith("PRIVATE KEY")) {
                return decode(block, origin);
            }
        }
        throw new GeneralSecurityException(origin + " holds no private key in PEM");
    }

    private static PemBlock decode(Matcher block, String origin) throws GeneralSecurityException {
        try {
            return new PemBlock(block.group(1), Base64.getMimeDecoder().decode(block.group(2)), origin);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException(origin + " holds a block that is no base64", e);
        }
    }
}
