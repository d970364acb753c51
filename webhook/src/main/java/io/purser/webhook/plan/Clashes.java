package io.purser.webhook.plan;

import io.purser.webhook.pod.Container;
import io.purser.webhook.pod.Mount;
import io.purser.webhook.pod.Volume;
import io.purser.webhook.policy.Annotation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what the API server would refuse, because two things would have one name or one path. */
final class Clashes {

    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private final PodRequest request;

    private Clashes(PodRequest request) {
        this.request = request;
    }

    static void check(
            PodRequest request,
            List<Map<String, Object>> volumes,
            @Nullable Map<String, Object> init,
            @Nullable Map<String, Object> sidecar) {
        Clashes clashes = new Clashes(request);
        clashes.volumes(volumes);
        clashes.privateVolumes();
        clashes.names(init, sidecar);
        clashes.paths(init, Annotation.INIT_JSON_PATCH);
        clashes.paths(sidecar, Annotation.JSON_PATCH);
    }

    private void volumes(List<Map<String, Object>> added) {
        for (Map<String, Object> volume : added) {
            Volume there = request.pod().volume(Trees.text(volume, "name"));
            if (there != null) {
                request.violation(
                        Annotation.INJECT,
                        "the pod has a volume of its own that is called " + there.name() + ", as Purser's is to be",
                        "call it something else");
            }
        }
    }

    /** Whoever mounts the agent's own volumes could read its token. */
    private void privateVolumes() {
        for (Container container : request.pod().allContainers()) {
            for (Mount mount : container.mounts()) {
                if (mount.volume().equals(AgentContainers.STATE_VOLUME)
                        || mount.volume().equals(TokenMount.OWN_VOLUME)) {
                    request.violation(
                            Annotation.INJECT,
                            "container " + container.name() + " mounts " + mount.volume()
                                    + ", which is the agent's alone",
                            "leave that mount out");
                }
            }
        }
    }

    private void names(@Nullable Map<String, Object> init, @Nullable Map<String, Object> sidecar) {
        Set<String> names = new HashSet<>();
        request.pod().allContainers().forEach(container -> names.add(container.name()));
        name(names, init, Annotation.INIT_JSON_PATCH);
        name(names, sidecar, Annotation.JSON_PATCH);
    }

    private void name(Set<String> names, @Nullable Map<String, Object> container, Annotation patch) {
        if (container == null) {
            return;
        }
        String name = Trees.text(container, "name");
        Annotation culprit = request.textOrNull(patch) == null ? Annotation.INJECT : patch;
        if (!DNS_LABEL.matcher(name).matches()) {
            request.violation(
                    culprit, "the agent's container cannot be called " + PodRequest.quoted(name), "give a DNS label");
        } else if (!names.add(name)) {
            request.violation(
                    culprit, "the pod has a container called " + name + " already", "give another name to one of them");
        }
    }

    /** Two mounts of an agent container at one path: the pod's own TLS secret and a copied mount, for example. */
    private void paths(@Nullable Map<String, Object> container, Annotation patch) {
        Map<String, String> paths = new HashMap<>();
        for (Map<?, ?> mount :
                container == null ? List.<Map<?, ?>>of() : Trees.objects(container.get("volumeMounts"))) {
            String path = Paths.clean(Trees.text(mount, "mountPath"));
            String volume = Trees.text(mount, "name");
            String other = paths.putIfAbsent(path, volume);
            if (other != null) {
                boolean copied = request.textOrNull(Annotation.COPY_VOLUME_MOUNTS) != null;
                Annotation culprit = copied
                        ? Annotation.COPY_VOLUME_MOUNTS
                        : request.textOrNull(patch) == null ? Annotation.MOUNT_PATH : patch;
                request.violation(
                        culprit,
                        "the agent would mount both " + other + " and " + volume + " at " + path,
                        "give one of them another path");
            }
        }
    }
}
