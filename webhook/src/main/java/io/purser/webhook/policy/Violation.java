package io.purser.webhook.policy;

/**
 * What is wrong with one annotation of a pod, so that it is not admitted.
 *
 * @param annotation the annotation's full name; with several, all of them, joined by {@code and}
 * @param wrong what is wrong, without a full stop
 * @param right what would be right, without a full stop
 */
public record Violation(String annotation, String wrong, String right) {

    @Override
    public String toString() {
        return annotation + ": " + wrong + "; " + right;
    }
}
