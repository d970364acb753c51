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

    StoreSslContext(SSLContext made, @Nullable String serverName) {
        super(new Spi(made, serverName), made.getProvider(), made.getProtocol());
    }

    private static final class Spi extends SSLContextSpi {

        private final SSLContext made;
        private final SSLSocketFactory factory;

        Spi(SSLContext made, @Nullable String serverName) {
            this.made = made;
            this.factory = serverName == null
                    ? made.getSocketFactory()
                    : new NamedSocketFactory(made.getSocketFactory(), serverName);
        }

        @Override
        protected void engineInit(
                KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("this context is ready for use");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return factory;
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return made.getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return made.createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return made.createSSLEngine(host, port);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return made.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return made.getClientSessionContext();
        }
    }
}
