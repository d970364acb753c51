package io.purser.local.store;

/** A request that the store refuses; its message becomes the one entry of the answer's {@code errors}. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status the HTTP status
     * @param message Vault's own wording, or empty for an answer whose {@code errors} is an empty list
     */
    Refusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    static Refusal denied() {
        return new Refusal(403, "permission denied");
    }

    static Refusal notFound() {
        return new Refusal(404, "");
    }

    static Refusal unsupported() {
        return new Refusal(404, "1 error occurred:\n\t* unsupported path\n\n");
    }

    int status() {
        return status;
    }
}
