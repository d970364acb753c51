package io.purser.agent.vault;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * What the runtime makes once, before its first handshake: its tables for the elliptic curve, its lists of ciphers and of signatures. That is
 * a third of the agent's start, done beside the rest of it.
 */
public final class TlsStart {

    private TlsStart() {}

    /** Begins, and does not wait; whoever shakes hands before it is done waits for the rest. */
    public static void prepare() {
        start("ciphers", () -> {
            makeKey();
            makeSocket();
        });
    }

    private static void start(String name, Runnable part) {
        Thread thread = new Thread(part, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void makeKey() {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
            keys.initialize(new ECGenParameterSpec("secp256r1")); // the agent's first offer, see jdk.tls.namedGroups
            keys.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a runtime without the curve secp256r1", e);
        }
    }

    private static void makeSocket() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAnyone()}, null); // for a socket that is never connected
            context.getSocketFactory().createSocket().close();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a runtime without TLS", e);
        }
    }
}
