package io.purser.agent.notify;

/** A notification did not reach its receiver. The message is one sentence that names it and the next step. */
public final class NotificationException extends Exception {

    private static final long serialVersionUID = 1L;

    NotificationException(String message) {
        super(message);
    }

    NotificationException(String message, Throwable cause) {
        super(message, cause);
    }
}
