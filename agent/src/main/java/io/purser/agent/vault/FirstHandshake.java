package io.purser.agent.vault;

import java.net.IDN;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/** What the runtime computes once, for its first TLS handshake: a sixth of the agent's start, done beside the rest of it. */
public final class FirstHandshake {

    private FirstHandshake() {}

    /**
     * Begins, and does not wait.
     *
     * @param address of the store, an {@code https://} URL
     */
    public static void prepare(String address) {
        Thread thread = new Thread(() -> compute(address), "first-handshake");
        thread.setDaemon(true);
        thread.start();
    }

    private static void compute(String address) {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
            keys.initialize(new ECGenParameterSpec("secp256r1")); // the agent's first offer, see jdk.tls.namedGroups
            keys.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a runtime without the curve secp256r1", e);
        }
        if (isByName(address)) {
            IDN.toASCII("name"); // whatever the name, it reads the tables of Unicode
        }
    }

    /** An IP address begins with a digit or a bracket; a name that does is only not prepared for. */
    private static boolean isByName(String address) {
        return Character.isLetter(address.charAt("https://".length()));
    }
}
