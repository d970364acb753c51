package io.purser.local.store;

/** What a request does; Vault's capabilities are named after it. */
enum Operation {
    READ,
    LIST,
    /** Create or update: which of the two depends on whether the thing exists. */
    WRITE,
    PATCH,
    DELETE;

    static Operation of(String method, boolean list) {
        return switch (method) {
            case "GET" -> list ? LIST : READ;
            case "LIST" -> LIST;
            case "PUT", "POST" -> WRITE;
            case "PATCH" -> PATCH;
            case "DELETE" -> DELETE;
            default -> throw new Refusal(405, "");
        };
    }
}
