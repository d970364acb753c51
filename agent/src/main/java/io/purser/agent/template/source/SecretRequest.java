package io.purser.agent.template.source;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a template asks the store. Equal requests get equal answers within one rendering. {@code toString} is fit for a log:
 * it never shows what is written.
 */
public sealed interface SecretRequest {

    /** The path in the store, without leading and trailing slash. */
    String path();

    /** Takes off what a user may write around a path of the store: blanks and slashes. */
    static String trim(String path) {
        String stripped = path.strip();
        int start = 0;
        int end = stripped.length();
        while (start < end && stripped.charAt(start) == '/') {
            start++;
        }
        while (end > start && stripped.charAt(end - 1) == '/') {
            end--;
        }
        return stripped.substring(start, end);
    }

    /**
     * The request as test fixtures write it: {@code path}, {@code path?version=N}, {@code LIST path}, {@code PUT path k1=v1
     * k2=v2}. It may hold secret values: not for logs.
     */
    String fixtureKey();

    /**
     * A read.
     *
     * @param path with {@code ?version=N} and other query parameters where the template gave them
     */
    record Read(String path) implements SecretRequest {
        @Override
        public String fixtureKey() {
            return path;
        }

        // By hand, for each start of the agent compares these: a record's own methods spin a dozen classes at the first
        // call.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Read read && read.path.equals(path);
        }

        @Override
        public int hashCode() {
            return path.hashCode();
        }

        @Override
        public String toString() {
            return path;
        }
    }

    /**
     * A write, whose answer is the secret, as with {@code pki/issue/web}.
     *
     * @param path where to
     * @param parameters what is written; all values are text
     */
    record Write(String path, SortedMap<String, String> parameters) implements SecretRequest {
        /** Copies the parameters. */
        public Write {
            parameters = new TreeMap<>(parameters);
        }

        @Override
        public String fixtureKey() {
            return withParameters("PUT " + path, parameters);
        }

        @Override
        public String toString() {
            return "PUT " + path;
        }
    }

    /**
     * A listing.
     *
     * @param path of the folder
     */
    record ListPath(String path) implements SecretRequest {
        @Override
        public String fixtureKey() {
            return "LIST " + path;
        }

        @Override
        public String toString() {
            return fixtureKey();
        }
    }

    /**
     * A certificate that is issued anew only when it has to be.
     *
     * @param path of the issuing role
     * @param parameters what is sent; all values are text
     */
    record PkiCert(String path, SortedMap<String, String> parameters) implements SecretRequest {
        /** Copies the parameters. */
        public PkiCert {
            parameters = new TreeMap<>(parameters);
        }

        @Override
        public String fixtureKey() {
            return withParameters("PUT " + path, parameters);
        }

        @Override
        public String toString() {
            return "PUT " + path;
        }
    }

    private static String withParameters(String start, Map<String, String> parameters) {
        StringBuilder key = new StringBuilder(start);
        parameters.forEach(
                (name, value) -> key.append(' ').append(name).append('=').append(value));
        return key.toString();
    }
}
