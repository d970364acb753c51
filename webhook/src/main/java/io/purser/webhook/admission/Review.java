package io.purser.webhook.admission;

import io.purser.webhook.pod.PodSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What an AdmissionReview asks.
 *
 * @param apiVersion {@code admission.k8s.io/v1} or {@code admission.k8s.io/v1beta1}
 * @param uid names the request; the response repeats it
 * @param kind group and kind of the object, such as {@code Pod} or {@code apps/Deployment}; empty when the request does not say
 * @param subResource for example {@code ephemeralcontainers}; empty for the object itself
 * @param operation {@code CREATE}, {@code UPDATE}, {@code DELETE} or {@code CONNECT}
 * @param namespace of the object; empty where it has none
 * @param name of the object; empty while the API server has yet to make one
 * @param dryRun whether nothing will be stored
 * @param pod the object; null when it is absent, another kind's or unreadable
 * @param unreadable why the object cannot be read as a pod, one sentence; null when it can
 */
record Review(
        String apiVersion,
        String uid,
        String kind,
        String subResource,
        String operation,
        String namespace,
        String name,
        boolean dryRun,
        @Nullable PodSnapshot pod,
        @Nullable String unreadable) {

    boolean isOfAPod() {
        return kind.isEmpty() || kind.equals("Pod");
    }
}
