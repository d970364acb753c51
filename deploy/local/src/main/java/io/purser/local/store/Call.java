package io.purser.local.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request, as a backend sees it.
 *
 * @param operation what is asked
 * @param path relative to the backend's mount, without a leading slash; of a list, without a trailing one
 * @param query the query's parameters
 * @param fields the body
 * @param token the caller's token; null for the few paths that need none
 * @param fullPath the path with the mount, for lease ids
 */
record Call(
        Operation operation,
        String path,
        Map<String, String> query,
        Fields fields,
        @Nullable Token token,
        String fullPath) {

    /** The caller's token, where the path cannot be reached without one. */
    Token caller() {
        if (token == null) {
            throw Refusal.denied();
        }
        return token;
    }

    boolean is(Operation asked) {
        return operation == asked;
    }

    /** The path after a first part, or null where the path begins otherwise. */
    @Nullable
    String after(String first) {
        if (path.equals(first)) {
            return "";
        }
        return path.startsWith(first + "/") ? path.substring(first.length() + 1) : null;
    }
}
