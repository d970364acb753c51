package io.purser.webhook.policy;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Addresses of stores and proxies. */
public final class Addresses {

    private Addresses() {}

    /** A proxy's address as a URL: as in Go's programs, one without a scheme, such as {@code proxy:3128}, is of an HTTP proxy. */
    public static String ofProxy(String address) {
        return address.isEmpty() || address.contains("://") ? address : "http://" + address;
    }

    /** What is wrong with the URL of a proxy, or null; it may hold a password and is not to be quoted. The agent knows no SOCKS, and no proxy behind TLS. */
    public static @Nullable String problemOfProxy(String url) {
        return url.startsWith("http://") ? problem(url) : "it does not begin with http://";
    }

    /** What is wrong with the address of a store, or null. */
    public static @Nullable String problem(String address) {
        try {
            URI uri = new URI(address);
            String scheme = uri.getScheme();
            if (scheme == null || !(scheme.equals("http") || scheme.equals("https"))) {
                return "it does not begin with https:// or http://";
            }
            return uri.getHost() == null ? "it names no host" : null;
        } catch (URISyntaxException notAUrl) {
            return "it is not a URL";
        }
    }
}
