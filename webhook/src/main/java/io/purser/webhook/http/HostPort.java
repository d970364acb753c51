package io.purser.webhook.http;

import org.jspecify.annotations.Nullable;

/**
 * Where a server listens.
 *
 * @param host an address or name; {@code 0.0.0.0} is every IPv4 address, {@code ::} every address
 * @param port 0 takes any free one
 */
public record HostPort(String host, int port) {

    /** The host of a text that gives only a port. */
    private static final String EVERYWHERE = "0.0.0.0";

    /**
     * Reads {@code HOST:PORT}, {@code [IPV6]:PORT} or, as Go programs write it, {@code :PORT}.
     *
     * @throws IllegalArgumentException with one sentence when it is none of these
     */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon >= 0) {
            try {
                int port = Integer.parseInt(text.substring(colon + 1));
                if (port >= 0 && port <= 0xffff) {
                    return new HostPort(host(text.substring(0, colon)), port);
                }
            } catch (NumberFormatException e) {
                // told below
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is not HOST:PORT, for example 127.0.0.1:8443 or :8443.");
    }

    private static String host(String text) {
        if (text.isEmpty()) {
            return EVERYWHERE;
        }
        return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    }

    // Written out: each start compares two, and a record's own equality is spun at its first use, which is 13 ms.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HostPort where && port == where.port && host.equals(where.host);
    }

    @Override
    public int hashCode() {
        return 31 * host.hashCode() + port;
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
