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

    /**
     * A path that a template reads, with its escapes resolved: Vault Agent takes such a path as a URL's, so that {@code a%20b} is
     * the secret {@code a b}. A percent sign that begins no escape stays.
     */
    static String decode(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        byte[] escaped = path.getBytes(StandardCharsets.UTF_8);
        byte[] decoded = new byte[escaped.length];
        int length = 0;
        for (int i = 0; i < escaped.length; i++) {
            int high = escaped[i] == '%' && i + 2 < escaped.length ? Character.digit(escaped[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(escaped[i + 2], 16);
            if (low < 0) {
                decoded[length++] = escaped[i];
            } else {
                decoded[length++] = (byte) (high << 4 | low);
                i += 2;
            }
        }
        return new String(decoded, 0, length, StandardCharsets.UTF_8);
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
