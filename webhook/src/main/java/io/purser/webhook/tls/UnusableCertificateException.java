package io.purser.webhook.tls;

/** Certificate files that must not be served; the message is one sentence that names the file and the fault. */
public final class UnusableCertificateException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableCertificateException(String message) {
        super(message);
    }

    UnusableCertificateException(String message, Throwable cause) {
        super(message, cause);
    }
}
