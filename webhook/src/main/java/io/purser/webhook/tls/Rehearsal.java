package io.purser.webhook.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509KeyManager;

/**
 * A handshake in memory of the TLS that serves, with a client of its own kind: where it succeeds, key and certificate are one pair. {@link PrivateKeys#match}
 * says that as well, and takes a tenth of a second in a program just started, for the tables of the JDK's curves.
 */
final class Rehearsal {

    private static final int MOST_STEPS = 100;
    private static final int RECORD = 1 << 15;

    private Rehearsal() {}

    /** Whether a client accepts what is signed with the key of {@code keys} under {@code leaf}; where it does not, that may have another cause. */
    static boolean succeeds(X509KeyManager keys, X509Certificate leaf) {
        Deque<Object> used = new ArrayDeque<>(); // the last first
        try {
            SslContext server = SslContextBuilder.forServer(keys)
                    .sslProvider(TlsEngine.provider())
                    .trustManager(NoClients.INSTANCE)
                    .build();
            used.push(server);
            SslContext client = SslContextBuilder.forClient()
                    .sslProvider(TlsEngine.providerTowards(leaf))
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .endpointIdentificationAlgorithm(null)
                    .build();
            used.push(client);
            SSLEngine serverEngine = server.newEngine(ByteBufAllocator.DEFAULT);
            used.push(serverEngine);
            SSLEngine clientEngine = client.newEngine(ByteBufAllocator.DEFAULT);
            used.push(clientEngine);
            return shakeHands(clientEngine, serverEngine);
        } catch (SSLException e) {
            return false;
        } finally {
            used.forEach(ReferenceCountUtil::release);
        }
    }

    /**
     * What one wraps, the other unwraps.
     *
     * @return whether both have ended it
     * @throws SSLException when one of them refuses the other
     */
    static boolean shakeHands(SSLEngine client, SSLEngine server) throws SSLException {
        ByteBuffer toServer = ByteBuffer.allocate(2 * RECORD);
        ByteBuffer toClient = ByteBuffer.allocate(2 * RECORD);
        client.beginHandshake();
        server.beginHandshake();
        for (int i = 0; i < MOST_STEPS; i++) {
            if (!isUnderWay(client) && !isUnderWay(server)) {
                return true;
            }
            step(client, toClient, toServer);
            step(server, toServer, toClient);
        }
        return false;
    }

    private static boolean isUnderWay(SSLEngine engine) {
        return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> engine.getDelegatedTask().run();
            case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
            default -> {
                in.flip();
                engine.unwrap(in, ByteBuffer.allocate(RECORD));
                in.compact();
            }
        }
    }
}
