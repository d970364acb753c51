package io.purser.local.store;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import com.bettercloud.vault.json.ParseException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Web Token as a caller sent it (RFC 7519), signed with RS256 or ES256.
 *
 * @param claims what it says; to be believed only after {@link #signedBy}
 * @param algorithm what it says it is signed with
 * @param signed the text that is signed
 * @param signature base64url
 */
record Jwt(JsonObject claims, String algorithm, String signed, String signature) {

    /** Reads a token; null where the text is none. */
    static @Nullable Jwt parse(String text) {
        String[] parts = text.strip().split("\\.", -1);
        if (parts.length != 3) {
            return null;
        }
        try {
            JsonObject header = json(parts[0]);
            String algorithm = new Fields(header).text("alg");
            return new Jwt(json(parts[1]), algorithm, parts[0] + "." + parts[1], parts[2]);
        } catch (IllegalArgumentException | ParseException | UnsupportedOperationException e) {
            return null;
        }
    }

    private static JsonObject json(String part) {
        return Json.parse(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8))
                .asObject();
    }

    boolean signedBy(List<PublicKey> keys) {
        return keys.stream().anyMatch(this::signedBy);
    }

    private boolean signedBy(PublicKey key) {
        String name =
                switch (algorithm) {
                    case "RS256" -> "SHA256withRSA";
                    case "ES256" -> "SHA256withECDSAinP1363Format";
                    default -> "";
                };
        if (name.isEmpty() || !name.endsWith(key.getAlgorithm().equals("EC") ? "P1363Format" : "RSA")) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(name);
            verifier.initVerify(key);
            verifier.update(signed.getBytes(StandardCharsets.US_ASCII));
            return verifier.verify(Base64.getUrlDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false; // not a signature at all
        }
    }

    /** Why the token is not valid at this moment, in the store's words, or null. */
    @Nullable
    String untimely(Instant now, Duration leeway) {
        Fields fields = new Fields(claims);
        long seconds = now.getEpochSecond();
        if (fields.value("exp") != null && seconds > fields.number("exp", 0) + leeway.toSeconds()) {
            return "invalid expiration time (exp) claim: token is expired";
        }
        if (fields.value("nbf") != null && seconds < fields.number("nbf", 0) - leeway.toSeconds()) {
            return "invalid not before (nbf) claim: token not yet valid";
        }
        return null;
    }

    boolean forAudience(List<String> audiences) {
        List<String> own = new Fields(claims).texts("aud");
        return audiences.stream().anyMatch(own::contains);
    }

    /** A claim by its name or, beginning with a slash, by its place; empty where it is absent or no string. */
    String claim(String name) {
        if (!name.startsWith("/")) {
            return new Fields(claims).text(name);
        }
        JsonValue value = claims;
        for (String step : name.substring(1).split("/", -1)) {
            JsonValue next =
                    value != null && value.isObject() ? value.asObject().get(step) : null;
            if (next == null) {
                return "";
            }
            value = next;
        }
        return value.isString() ? value.asString() : "";
    }

    static PublicKey publicKey(String pem) {
        String body = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            X509EncodedKeySpec spec = new X509EncodedKeySpec(Base64.getDecoder().decode(body));
            try {
                return KeyFactory.getInstance("RSA").generatePublic(spec);
            } catch (GeneralSecurityException notRsa) {
                return KeyFactory.getInstance("EC").generatePublic(spec);
            }
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new Refusal(400, "error parsing public key: data does not contain any valid public keys");
        }
    }

    @Override
    public String toString() {
        return "Jwt[REDACTED]";
    }
}
