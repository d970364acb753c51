package io.purser.certs.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** Says in a sentence what went wrong between us and the API server: the client's own message hides the cause. */
public final class ApiServerFailure {
    private ApiServerFailure() {}

    /** What was being done, and the innermost cause. */
    public static String sentence(KubernetesClientException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String what = String.valueOf(failure.getMessage()).strip();
        return cause == failure ? what : what + " Cause: " + cause;
    }
}
