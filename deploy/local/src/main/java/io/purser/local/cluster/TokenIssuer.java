package io.purser.local.cluster;

import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** Signs service-account tokens as an API server does (RS256, bound to a pod). */
public final class TokenIssuer {

    /** The issuer, and the audience of a token that asks for none. */
    public static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair keys;

    /**
     * Whose token it is.
     *
     * @param namespace the pod's namespace
     * @param serviceAccount its service account
     * @param pod its name
     * @param uid its uid
     */
    public record Identity(String namespace, String serviceAccount, String pod, String uid) {}

    private TokenIssuer(KeyPair keys) {
        this.keys = keys;
    }

    /** An issuer with a new key. */
    public static TokenIssuer create() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return new TokenIssuer(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no RSA", e);
        }
    }

    /**
     * Signs a token.
     *
     * @param audiences who may accept it; empty for the API server alone
     * @param lifetime from now
     * @return the token: a secret
     */
    public String sign(Identity identity, List<String> audiences, Duration lifetime, Instant now) {
        JsonArray aud = new JsonArray();
        (audiences.isEmpty() ? List.of(ISSUER) : audiences).forEach(aud::add);
        JsonObject bound = new JsonObject()
                .add("namespace", identity.namespace())
                .add("pod", new JsonObject().add("name", identity.pod()).add("uid", identity.uid()))
                .add(
                        "serviceaccount",
                        new JsonObject()
                                .add("name", identity.serviceAccount())
                                .add("uid", uid(identity.namespace() + "/" + identity.serviceAccount())));
        JsonObject claims = new JsonObject()
                .add("aud", aud)
                .add("exp", now.plus(lifetime).getEpochSecond())
                .add("iat", now.getEpochSecond())
                .add("iss", ISSUER)
                .add("jti", UUID.randomUUID().toString())
                .add("kubernetes.io", bound)
                .add("nbf", now.getEpochSecond())
                .add("sub", "system:serviceaccount:" + identity.namespace() + ":" + identity.serviceAccount());
        return signed(new JsonObject().add("alg", "RS256").add("kid", "local"), claims);
    }

    /** The key that verifies, as PEM: a store's {@code pem_keys} or {@code jwt_validation_pubkeys}. */
    public String publicKeyPem() {
        byte[] der = keys.getPublic().getEncoded();
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
    }

    private String signed(JsonObject header, JsonObject claims) {
        String text = encode(header) + "." + encode(claims);
        try {
            Signature signer = Signature.getInstance("SHA256withRSA");
            signer.initSign(keys.getPrivate());
            signer.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + URL.encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot sign with RSA", e);
        }
    }

    private static String encode(JsonObject json) {
        return URL.encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String uid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
