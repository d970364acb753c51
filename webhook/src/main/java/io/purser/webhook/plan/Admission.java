package io.purser.webhook.plan;

import org.jspecify.annotations.Nullable;

/**
 * What the request says besides the pod.
 *
 * @param namespace the namespace that the pod is to live in; empty where the request names none
 * @param operation {@code CREATE}, {@code UPDATE}, {@code DELETE} or {@code CONNECT}
 * @param subResource for example {@code ephemeralcontainers}; empty for the pod itself
 * @param dryRun whether nothing will be stored; a plan is the same either way
 * @param policy the name of the operator's policy, from the path that the request came in by, or null for the default
 */
public record Admission(
        String namespace,
        String operation,
        String subResource,
        boolean dryRun,
        @Nullable String policy) {

    /** The creation of a pod under the default policy. */
    public static Admission create(String namespace) {
        return new Admission(namespace, "CREATE", "", false, null);
    }
}
