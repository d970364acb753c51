package io.purser.agent.vault;

import io.purser.agent.config.StoreConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
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

    /** Lets the JVM's connections to the store take its proxy, if it has one. */
    static void route(StoreConfig store) {
        if (store.proxy() != null) {
            ProxySelector.setDefault(
                    new StoreProxy(URI.create(store.address()), URI.create(store.proxy()), ProxySelector.getDefault()));
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
