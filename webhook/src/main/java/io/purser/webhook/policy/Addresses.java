package io.purser.webhook.policy;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Addresses of stores and proxies. */
public final class Addresses {

    private Addresses() {}

    /** A proxy's address as a URL: without a scheme, as the peer takes it too, it is one for HTTP. Empty stays empty. */
    public static String proxy(String text) {
        return text.isEmpty() || text.contains("://") ? text : "http://" + text;
    }

    /** What is wrong with the address of a store or a proxy, or null. */
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
