package io.purser.webhook.pod;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What decides about a pod, as it stands in the request. Lists that are absent, null or empty in the pod are empty here: a
 * patch that adds the whole list is right for all three.
 *
 * @param name the pod's name, or null while the API server has yet to make one
 * @param annotations in the pod's order
 * @param phase of the pod's status, or null
 * @param serviceAccount its name; {@code default} where the pod names none
 * @param hostNetwork whether the pod shares the node's network
 * @param windows whether the pod can only run on a Windows node
 * @param shareProcessNamespace as the pod says it, or null
 * @param restartPolicy {@code Always}, {@code OnFailure} or {@code Never}; null where the pod does not say
 * @param terminationGrace what the pod gets to end in, or null for the cluster's default of 30 s
 * @param securityContext the pod's own
 * @param volumes in the pod's order
 * @param initContainers in the pod's order
 * @param containers in the pod's order
 */
public record PodSnapshot(
        @Nullable String name,
        Map<String, String> annotations,
        @Nullable String phase,
        String serviceAccount,
        boolean hostNetwork,
        boolean windows,
        @Nullable Boolean shareProcessNamespace,
        @Nullable String restartPolicy,
        @Nullable Duration terminationGrace,
        SecurityContext securityContext,
        List<Volume> volumes,
        List<Container> initContainers,
        List<Container> containers) {

    /** The volume of that name, or null. */
    public @Nullable Volume volume(String volumeName) {
        for (Volume volume : volumes) {
            if (volume.name().equals(volumeName)) {
                return volume;
            }
        }
        return null;
    }

    /** The containers, then the init containers. */
    public List<Container> allContainers() {
        List<Container> all = new ArrayList<>(containers.size() + initContainers.size());
        all.addAll(containers);
        all.addAll(initContainers);
        return all;
    }
}
