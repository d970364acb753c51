package io.purser.agent.template.function;

import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoText;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Digests and message authentication codes. */
final class Hashes {
    private Hashes() {}

    static String hex(String algorithm, String text) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(GoText.bytes(text));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new FunctionException("this Java has no " + algorithm);
        }
    }

    static String hmacSha256(String message, String key) {
        return HexFormat.of().formatHex(hmacSha256(GoText.bytes(message), GoText.bytes(key)));
    }

    static byte[] hmacSha256(byte[] message, byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new FunctionException("this Java has no HMAC-SHA256");
        }
    }
}
