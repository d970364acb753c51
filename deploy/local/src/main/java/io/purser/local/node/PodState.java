package io.purser.local.node;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a pod's status says. */
final class PodState {

    private PodState() {}

    /** Whether all containers of a pod are ready. */
    static boolean isReady(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    /** Whether a container of a pod that is not to stay ended with a fault. */
    static boolean hasFailed(Pod pod) {
        return "Failed".equals(pod.getStatus().getPhase());
    }

    /** Whether a pod that is not to stay is done, well or not. */
    static boolean hasEnded(Pod pod) {
        return hasFailed(pod) || "Succeeded".equals(pod.getStatus().getPhase());
    }

    /** What each container does, for messages. */
    static String ofContainers(Pod pod) {
        return Stream.of(
                        pod.getStatus().getInitContainerStatuses(),
                        pod.getStatus().getContainerStatuses())
                .flatMap(List::stream)
                .map(status -> status.getName() + " "
                        + (status.getState().getWaiting() != null
                                ? status.getState().getWaiting().getReason() + " "
                                        + status.getState().getWaiting().getMessage()
                                : status.getState().getTerminated() != null
                                        ? "ended with "
                                                + status.getState()
                                                        .getTerminated()
                                                        .getExitCode()
                                        : "runs"))
                .collect(Collectors.joining(", "));
    }
}
