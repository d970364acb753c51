package io.purser.agent.vault;

import java.io.IOException;
import java.net.IDN;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.List;

/**
 * What the runtime computes once, for its first TLS handshake: a sixth of the agent's start, done beside the rest of it. Most of that
 * is a table for the curve P-256, on Java 23 and later three times as much, which is spared where the store's authority has no such key and so
 * most likely the store neither: then X25519 and P-384 are offered first, and P-256 still after them.
 */
final class FirstHandshake {

    /** Read by the runtime at its first connection; set where the agent is started from its distribution. */
    private static final String GROUPS = "jdk.tls.namedGroups";

    private static final String P256 = "secp256r1";
    private static final String P384 = "secp384r1";
    private static final int P256_BITS = 256;
    private static final int COSTLY_P256 = 23;

    private final String address;
    private final StoreTls tls;

    private FirstHandshake(String address, StoreTls tls) {
        this.address = address;
        this.tls = tls;
    }

    /**
     * Begins, and does not wait: a connection made before it is done is only slower.
     *
     * @param address of the store, an {@code https://} URL
     */
    static void prepare(String address, StoreTls tls) {
        FirstHandshake handshake = new FirstHandshake(address, tls);
        Thread thread = new Thread(handshake::compute, "first-handshake");
        thread.setDaemon(true);
        thread.start();
    }

    private void compute() {
        try {
            String groups = System.getProperty(GROUPS, "");
            if (groups.startsWith(P256 + ",")
                    && Runtime.version().feature() >= COSTLY_P256
                    && isWithoutP256(tls.authorities())) {
                System.setProperty(GROUPS, withP256Last(groups));
                KeyPairGenerator.getInstance("X25519").generateKeyPair();
                makeKey(P384);
            } else {
                makeKey(P256);
            }
        } catch (IOException | GeneralSecurityException e) {
            return; // the connection itself will say so
        }
        if (isByName()) {
            IDN.toASCII("name"); // whatever the name, it reads the tables of Unicode
        }
    }

    /** X25519 takes the place of P-256, which comes first in the list given. */
    static String withP256Last(String groups) {
        return "x25519" + groups.substring(P256.length()) + "," + P256;
    }

    private static void makeKey(String curve) throws GeneralSecurityException {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(new ECGenParameterSpec(curve));
        keys.generateKeyPair();
    }

    /** False for the runtime's own authorities, among which are keys of all kinds. */
    static boolean isWithoutP256(List<X509Certificate> authorities) {
        boolean without = !authorities.isEmpty();
        for (X509Certificate authority : authorities) {
            without &= !(authority.getPublicKey() instanceof ECPublicKey key
                    && key.getParams().getCurve().getField().getFieldSize() == P256_BITS);
        }
        return without;
    }

    /** An IP address begins with a digit or a bracket; a name that does is only not prepared for. */
    private boolean isByName() {
        return Character.isLetter(address.charAt("https://".length()));
    }
}
