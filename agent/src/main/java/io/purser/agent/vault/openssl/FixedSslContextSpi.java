package io.purser.agent.vault.openssl;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Hands out one socket factory for clients, made before, and nothing else. */
public final class FixedSslContextSpi extends SSLContextSpi {

    private final @Nullable SSLSocketFactory sockets;

    /** @param sockets what it hands out, always */
    public FixedSslContextSpi(SSLSocketFactory sockets) {
        this.sockets = sockets;
    }

    /** One that only stands where a context must be. */
    FixedSslContextSpi() {
        this.sockets = null;
    }

    /** Only where there are no sockets that would not obey it. */
    @Override
    protected void engineInit(
            KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
            throws KeyManagementException {
        if (sockets != null) {
            throw new KeyManagementException("this context is ready for use");
        }
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        if (sockets == null) {
            throw notMade();
        }
        return sockets;
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        throw notMade();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        throw notMade();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        throw notMade();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        throw notMade();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        throw notMade();
    }

    private static UnsupportedOperationException notMade() {
        return new UnsupportedOperationException("the agent makes its TLS from the store's settings alone");
    }
}
