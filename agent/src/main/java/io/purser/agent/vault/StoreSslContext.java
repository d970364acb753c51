package io.purser.agent.vault;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A context with one socket factory for good. The JDK makes a new one at each call, and the driver calls for each request;
 * as a kept-alive connection belongs to its factory, every request would shake hands anew.
 */
final class StoreSslContext extends SSLContext {

    /** @param sockets what it hands out, always */
    StoreSslContext(SSLSocketFactory sockets) {
        super(new Spi(sockets), null, "TLS");
    }

    private static final class Spi extends SSLContextSpi {

        private final SSLSocketFactory sockets;

        Spi(SSLSocketFactory sockets) {
            this.sockets = sockets;
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return sockets;
        }

        @Override
        protected void engineInit(
                KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("this context is ready for use");
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            throw forClients();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            throw forClients();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            throw forClients();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            throw forClients();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            throw forClients();
        }

        private static UnsupportedOperationException forClients() {
            return new UnsupportedOperationException("this context is for sockets of clients");
        }
    }
}
