package io.purser.webhook.plan;

import io.purser.webhook.plan.InjectionPlan.Addition;
import io.purser.webhook.pod.Container;
import io.purser.webhook.pod.Mount;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.Nearest;
import io.purser.webhook.policy.Setting;
import io.purser.webhook.policy.Values;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which of the pod's own containers get the secret volumes. */
final class MountTargets {

    /** A mesh's proxy is no application container, and has no use for the application's secrets. */
    private static final Set<String> MESH_PROXIES = Set.of("istio-proxy", "linkerd-proxy");

    private final PodRequest request;
    private final Set<String> named;
    private final boolean allContainers;

    private MountTargets(PodRequest request) {
        this.request = request;
        Setting setting = request.setting(Annotation.CONTAINERS);
        this.allContainers = setting == null;
        this.named = setting == null ? Set.of() : new LinkedHashSet<>(Values.list(setting.value()));
    }

    /** Mounts to add, so that each target has each volume; a target that has one already gets no second. */
    static List<Addition> mounts(PodRequest request, Shape shape, List<Map<String, Object>> wanted) {
        MountTargets targets = new MountTargets(request);
        List<Addition> additions = new ArrayList<>();
        for (Container container : request.pod().containers()) {
            if (targets.wants(container)) {
                targets.add(additions, false, container, wanted);
            }
        }
        for (Container container : request.pod().initContainers()) {
            if (targets.wantsInit(container, shape)) {
                targets.add(additions, true, container, wanted);
            }
        }
        return additions;
    }

    /** The application containers that get the volumes. */
    static List<Container> containers(PodRequest request) {
        MountTargets targets = new MountTargets(request);
        return request.pod().containers().stream().filter(targets::wants).toList();
    }

    /** Notes names of containers that the pod does not have. */
    static void check(PodRequest request) {
        Setting setting = request.setting(Annotation.CONTAINERS);
        Set<String> known = new LinkedHashSet<>();
        request.pod().allContainers().forEach(container -> known.add(container.name()));
        for (String name : new MountTargets(request).named) {
            if (setting == null || known.contains(name)) {
                continue;
            }
            String nearest = Nearest.to(name, known);
            if (setting.domain().isPeer()) {
                request.warning("annotation " + setting.annotation() + " names no container of the pod: " + name
                        + (nearest == null ? "" : ", perhaps " + nearest + " is meant"));
            } else {
                request.violation(
                        setting,
                        "the pod has no container " + PodRequest.quoted(name),
                        nearest == null
                                ? "give some of " + String.join(", ", known)
                                : "perhaps " + nearest + " is meant");
            }
        }
    }

    private boolean wants(Container container) {
        if (isAgent(container)) {
            return false;
        }
        return allContainers
                ? request.peer() || !MESH_PROXIES.contains(container.name())
                : named.contains(container.name());
    }

    /** The peer gives them to every init container, whatever is named, provided that the agent runs among them. */
    private boolean wantsInit(Container container, Shape shape) {
        return !isAgent(container) && (request.peer() ? shape.init() : named.contains(container.name()));
    }

    private static boolean isAgent(Container container) {
        return container.name().equals(AgentContainers.INIT) || container.name().equals(AgentContainers.SIDECAR);
    }

    private void add(List<Addition> additions, boolean init, Container container, List<Map<String, Object>> wanted) {
        List<Map<String, Object>> missing = new ArrayList<>();
        for (Map<String, Object> mount : wanted) {
            String path = Trees.text(mount, "mountPath");
            Mount there = container.mountAt(path);
            if (there == null) {
                missing.add(mount);
            } else if (!there.volume().equals(mount.get("name"))) {
                clash(container, there, path);
            }
        }
        if (!missing.isEmpty()) {
            additions.add(
                    new Addition(init, container.index(), container.mounts().isEmpty(), missing));
        }
    }

    private void clash(Container container, Mount there, String path) {
        request.violation(
                Annotation.MOUNT_PATH,
                "container " + container.name() + " mounts volume " + there.volume() + " at " + path
                        + ", where the secrets are to be",
                "give another path, or leave that container out by " + request.nameOf(Annotation.CONTAINERS));
    }
}
