package io.purser.webhook.policy;

/**
 * The value that a pod gives an annotation.
 *
 * @param domain where it was found
 * @param annotation the annotation's full name, as the pod has it
 * @param value as it stands there
 */
public record Setting(Domain domain, String annotation, String value) {}
