package io.purser.local.node;

import io.purser.certs.authority.Pem;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The keys with which an API server signs the tokens of service accounts, and knows its own again. */
final class TokenKeys {

    private final KeyPair pair;

    private TokenKeys(KeyPair pair) {
        this.pair = pair;
    }

    static TokenKeys make() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return new TokenKeys(generator.generateKeyPair());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String privatePem() {
        return Pem.ofPrivateKey(pair.getPrivate());
    }

    String publicPem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }
}
