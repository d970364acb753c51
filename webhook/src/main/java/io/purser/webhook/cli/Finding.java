package io.purser.webhook.cli;

import io.purser.webhook.cli.manifest.Position;

/**
 * Something that {@code lint} has to say.
 *
 * @param severity whether the webhook would refuse the pod
 * @param rule a machine word: why the pod is refused, {@code warning}, {@code misplaced-annotation}, {@code template-syntax}, {@code template-clash} or {@code unreadable-manifest}
 * @param position where to look
 * @param subject the annotation, or the key of the ConfigMap; empty when there is none
 * @param object what it belongs to, such as {@code Deployment shop/web}
 * @param message one sentence without a full stop
 */
record Finding(Severity severity, String rule, Position position, String subject, String object, String message) {

    /** The words of SARIF's levels, lower case. */
    enum Severity {
        ERROR,
        WARNING;

        String word() {
            return this == ERROR ? "error" : "warning";
        }
    }

    @Override
    public String toString() {
        return position + ": " + severity.word() + ": " + object + ": " + message;
    }
}
