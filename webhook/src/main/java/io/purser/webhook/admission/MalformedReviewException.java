package io.purser.webhook.admission;

/** A body that is not an AdmissionReview that can be answered; the message is one sentence for who sent it. */
public final class MalformedReviewException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedReviewException(String message) {
        super(message);
    }
}
