package io.purser.agent.vault;

import io.purser.agent.vault.openssl.FixedSslContextSpi;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/**
 * A context with one socket factory for good. The JDK makes a new one at each call, and the driver calls for each request;
 * as a kept-alive connection belongs to its factory, every request would shake hands anew.
 */
final class StoreSslContext extends SSLContext {

    /** @param sockets what it hands out, always */
    StoreSslContext(SSLSocketFactory sockets) {
        super(new FixedSslContextSpi(sockets), null, "TLS");
    }
}
