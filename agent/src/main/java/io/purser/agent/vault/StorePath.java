package io.purser.agent.vault;

import java.nio.charset.StandardCharsets;

/** Paths of the store as they go into a URL. The driver takes a path as it is, so that {@code a b#c} would read {@code a}. */
final class StorePath {

    private static final String UNRESERVED = "-._~";
    private static final String QUERY = UNRESERVED + "=&+,:/";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private StorePath() {}

    /** Encodes a path segment by segment; its slashes stay. */
    static String encode(String path) {
        return encode(path, UNRESERVED + "/");
    }

    /** Encodes a query that is written as such, {@code version=2}. */
    static String encodeQuery(String query) {
        return encode(query, QUERY);
    }

    private static String encode(String text, String kept) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (plain || kept.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX[c >> 4]).append(HEX[c & 0xf]);
            }
        }
        return encoded.toString();
    }
}
