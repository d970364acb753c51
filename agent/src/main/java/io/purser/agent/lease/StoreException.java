package io.purser.agent.lease;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request that the store did not fulfil. The message is one sentence that names the request and what can be done; it
 * holds no secret.
 */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What went wrong, as far as it decides what to do next. */
    public enum Kind {
        /** Nothing is at this path (404), or its newest version is deleted. */
        NOT_FOUND(false),
        /** The token is alive but may not do this (403); at a login: the identity is refused (400 or 403). */
        DENIED(false),
        /** The token is expired, revoked or used up; a new login is called for. */
        TOKEN_DEAD(false),
        /** The store does not understand the request (400, 405, …), or the lease is unknown. */
        BAD_REQUEST(false),
        /** Too many requests (429). */
        RATE_LIMITED(true),
        /** The store is there but cannot serve: 5xx, sealed, standby, 412. */
        UNAVAILABLE(true),
        /** No answer: connection refused, reset, timed out, a certificate that is not trusted. */
        UNREACHABLE(true),
        /** An answer that cannot be read: cut off, or not JSON. */
        MALFORMED(true);

        private final boolean ofTheStore;

        Kind(boolean ofTheStore) {
            this.ofTheStore = ofTheStore;
        }

        /** Whether the whole store is in trouble, and not this one request; everything else is better held back too. */
        public boolean concernsTheStore() {
            return ofTheStore;
        }
    }

    private final Kind kind;
    private final @Nullable Duration retryAfter;

    /** An error of a kind, with its sentence. */
    public StoreException(Kind kind, String message) {
        this(kind, message, null, null);
    }

    /**
     * An error with a cause.
     *
     * @param message one sentence without a secret
     * @param retryAfter how long the store asked us to wait, or null
     * @param cause what was thrown below, or null; its message holds no secret either
     */
    public StoreException(Kind kind, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }

    /** How long the store asked us to wait ({@code Retry-After}), or null. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
