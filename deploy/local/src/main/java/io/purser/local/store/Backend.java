package io.purser.local.store;

/** A secrets engine or an auth method, mounted somewhere. */
interface Backend {

    /**
     * Answers a request that the caller's policies allow.
     *
     * @throws Refusal where the answer is an error
     */
    Reply handle(Call call);

    /** Whether a write to the path changes something that exists ({@code update}) or not ({@code create}). */
    default boolean exists(String path) {
        return true;
    }

    /** Whether the path (relative to the mount) is open to callers without a token. */
    default boolean open(String path) {
        return false;
    }
}
