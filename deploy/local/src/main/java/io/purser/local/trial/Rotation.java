package io.purser.local.trial;

import com.bettercloud.vault.json.JsonObject;
import io.purser.certs.authority.CertificateAuthority;
import io.purser.certs.authority.Leaf;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** Changes a secret as its owner would: a new password, or a new certificate with its key. */
final class Rotation {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern SENSITIVE = Pattern.compile("(?i).*(pass|secret|token|key|pwd|dsn|url).*");
    private static final Duration VALIDITY = Duration.ofDays(90);

    private Rotation() {}

    /** Changes the secret in place. */
    static void change(JsonObject fields) {
        if (putPair(fields, "-----BEGIN CERTIFICATE", "-----BEGIN PRIVATE KEY")) {
            return;
        }
        List<String> texts = fields.names().stream()
                .filter(name -> fields.get(name).isString())
                .toList();
        String chosen = texts.stream()
                .filter(name -> SENSITIVE.matcher(name).matches())
                .findFirst()
                .orElse(texts.isEmpty() ? "rotated" : texts.get(0));
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        fields.set(chosen, "rotated-" + HexFormat.of().formatHex(random));
    }

    /** Puts a new pair in the place of what stands for one. */
    static void makePairs(JsonObject fields) {
        putPair(fields, "<a new certificate>", "<its private key>");
    }

    private static boolean putPair(JsonObject fields, String certificate, String key) {
        Leaf leaf = newPair();
        boolean changed = false;
        for (String name : fields.names()) {
            String text = fields.get(name).isString() ? fields.get(name).asString() : "";
            if (text.startsWith(certificate)) {
                fields.set(name, leaf.certificateChainPem());
                changed = true;
            } else if (text.startsWith(key)) {
                fields.set(name, leaf.privateKeyPem());
                changed = true;
            }
        }
        return changed;
    }

    private static Leaf newPair() {
        Instant now = Instant.now();
        return CertificateAuthority.create("rotated", VALIDITY, now).issue(List.of("localhost"), VALIDITY, now);
    }
}
