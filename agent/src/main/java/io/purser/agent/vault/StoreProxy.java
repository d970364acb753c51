package io.purser.agent.vault;

import io.purser.agent.config.StoreConfig;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends the requests for the store, and no others, through a proxy. The driver knows no proxy of its own. */
final class StoreProxy extends ProxySelector {

    private static final int DEFAULT_PORT = 80;

    private final URI store;
    private final List<Proxy> proxies;
    private final @Nullable ProxySelector otherwise;

    private StoreProxy(URI store, URI proxy, @Nullable ProxySelector otherwise) {
        int port = proxy.getPort() < 0 ? DEFAULT_PORT : proxy.getPort();
        this.store = store;
        this.proxies = List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port)));
        this.otherwise = otherwise;
    }

    /** Lets the JVM's connections to the store take its proxy, if it has one; its URL may hold a user and a password. */
    static void route(StoreConfig store) {
        if (store.proxy() == null) {
            return;
        }
        URI proxy = URI.create(store.proxy());
        ProxySelector.setDefault(new StoreProxy(URI.create(store.address()), proxy, ProxySelector.getDefault()));
        @Nullable String credentials = proxy.getUserInfo();
        if (credentials != null) {
            // The JDK tells a proxy no password on the way to an HTTPS server unless it is let.
            System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
            Authenticator.setDefault(new Credentials(proxy.getHost(), credentials));
        }
    }

    private static final class Credentials extends Authenticator {
        private final String host;
        private final String user;
        private final char[] password;

        Credentials(String host, String userAndPassword) {
            int colon = userAndPassword.indexOf(':');
            this.host = host;
            this.user = colon < 0 ? userAndPassword : userAndPassword.substring(0, colon);
            this.password = (colon < 0 ? "" : userAndPassword.substring(colon + 1)).toCharArray();
        }

        @Override
        protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            boolean ours = getRequestorType() == RequestorType.PROXY && host.equalsIgnoreCase(getRequestingHost());
            return ours ? new PasswordAuthentication(user, password.clone()) : null;
        }
    }

    @Override
    public List<Proxy> select(URI uri) {
        boolean ours = store.getHost().equalsIgnoreCase(uri.getHost()) && store.getPort() == uri.getPort();
        if (ours) {
            return proxies;
        }
        return otherwise == null ? List.of(Proxy.NO_PROXY) : otherwise.select(uri);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException e) {
        if (otherwise != null) {
            otherwise.connectFailed(uri, address, e);
        }
    }
}
