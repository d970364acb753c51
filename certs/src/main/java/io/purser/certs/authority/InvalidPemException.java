package io.purser.certs.authority;

/** PEM text that is not what it should be. The message never quotes the text, which may be a private key. */
public final class InvalidPemException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidPemException(String message) {
        super(message);
    }

    InvalidPemException(String message, Throwable cause) {
        super(message, cause);
    }
}
