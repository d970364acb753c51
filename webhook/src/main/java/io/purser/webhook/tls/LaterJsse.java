package io.purser.webhook.tls;

import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's provider of TLS, whose clients' contexts are set up when the first connection is made. Netty makes some at each start and connects with none
 * where BoringSSL serves: to ask whether the JDK speaks TLS 1.3, and to look how it wraps trust managers. What that sets up is 250 classes.
 */
public final class LaterJsse extends Provider {

    private static final long serialVersionUID = 1L;
    private static final String NAME = "SunJSSE";
    private static final String PLACES = "security.provider.";
    private static final String CONTEXT = "SSLContext";
    private static final String ALGORITHM = "TLS";

    private final transient Provider jdk;

    private LaterJsse(Provider jdk) {
        super(jdk.getName(), jdk.getVersionStr(), jdk.getInfo());
        this.jdk = jdk;
    }

    /** Puts it in the place of the JDK's, once; nothing is done where there is none of that name. */
    public static synchronized void install() {
        Provider jdk = Security.getProvider(NAME);
        if (jdk == null || jdk instanceof LaterJsse) {
            return;
        }
        int place = place();
        Security.removeProvider(NAME);
        Security.insertProviderAt(new LaterJsse(jdk), place);
    }

    /** As the runtime's settings order them: to ask for the providers would load them all. */
    private static int place() {
        int place = 1;
        String name = Security.getProperty(PLACES + place);
        while (name != null && !name.equals(NAME)) {
            name = Security.getProperty(PLACES + ++place);
        }
        return place;
    }

    /** All but one come from the JDK's. */
    @Override
    public @Nullable Service getService(String type, String algorithm) {
        return type.equals(CONTEXT) && algorithm.equals(ALGORITHM)
                ? new ContextService(this)
                : jdk.getService(type, algorithm);
    }

    private static final class ContextService extends Service {

        private final Provider jdk;

        ContextService(LaterJsse provider) {
            super(provider, CONTEXT, ALGORITHM, Context.class.getName(), null, null);
            this.jdk = provider.jdk;
        }

        @Override
        public Object newInstance(@Nullable Object parameter) {
            return new Context(jdk);
        }
    }

    /** Becomes the JDK's at once with keys to serve, else when more is asked of it than that. */
    private static final class Context extends SSLContextSpi {

        private final Provider jdk;
        private TrustManager @Nullable [] trust;
        private @Nullable SecureRandom random;
        private @Nullable SSLContext real;

        Context(Provider jdk) {
            this.jdk = jdk;
        }

        @Override
        protected synchronized void engineInit(
                KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
                throws KeyManagementException {
            this.trust = trust;
            this.random = random;
            this.real = keys == null ? null : initialised(keys);
        }

        private SSLContext initialised(KeyManager @Nullable [] keys) throws KeyManagementException {
            try {
                SSLContext context = SSLContext.getInstance(ALGORITHM, jdk);
                context.init(keys, trust, random);
                return context;
            } catch (NoSuchAlgorithmException e) {
                throw new KeyManagementException("the JDK's provider has no TLS", e);
            }
        }

        private synchronized SSLContext real() {
            SSLContext context = real;
            if (context == null) {
                try {
                    context = initialised(null);
                } catch (KeyManagementException e) {
                    throw new IllegalStateException(e);
                }
                real = context;
            }
            return context;
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return connectsWithNobody() ? versions() : real().getSupportedSSLParameters();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return connectsWithNobody() ? versions() : real().getDefaultSSLParameters();
        }

        /** Without keys and trusting nobody, it is there to be asked. */
        private synchronized boolean connectsWithNobody() {
            return real == null && trust != null && trust.length == 0;
        }

        /** What every JDK since 11 speaks. */
        private static SSLParameters versions() {
            return new SSLParameters(new String[0], new String[] {"TLSv1.3", "TLSv1.2"});
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return real().getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return real().getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return real().createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return real().createSSLEngine(host, port);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return real().getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return real().getClientSessionContext();
        }
    }
}
