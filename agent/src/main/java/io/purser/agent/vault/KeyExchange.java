package io.purser.agent.vault;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/**
 * The first key on an elliptic curve, for which the runtime computes its tables: a sixth of the agent's start, done beside
 * the rest of it.
 */
public final class KeyExchange {

    private KeyExchange() {}

    /** Begins, and does not wait. */
    public static void prepare() {
        Thread thread = new Thread(KeyExchange::makeOne, "key-exchange");
        thread.setDaemon(true);
        thread.start();
    }

    private static void makeOne() {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
            keys.initialize(new ECGenParameterSpec("secp256r1")); // the agent's first offer, see jdk.tls.namedGroups
            keys.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a runtime without the curve secp256r1", e);
        }
    }
}
