package io.purser.webhook.plan;

import io.purser.webhook.plan.InjectionPlan.Addition;
import io.purser.webhook.pod.Container;
import io.purser.webhook.pod.EnvVar;
import io.purser.webhook.pod.Mount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks after a pod that has its agent already: another webhook may have added containers since, which need their mounts.
 * The agent's presence in the spec is the proof, not an annotation, which is copied all too easily.
 */
final class Reinjection {

    private Reinjection() {}

    /** The decision for a pod that has its agent; null for one that has not. */
    static @Nullable Decision decide(PodRequest request) {
        Container agent = agent(request);
        if (agent == null) {
            return null;
        }
        boolean init = request.pod().initContainers().stream().anyMatch(Reinjection::isAgent);
        boolean sidecar = request.pod().containers().stream().anyMatch(Reinjection::isAgent);
        Shape shape = new Shape(init, sidecar, false, 0);
        List<Addition> mounts = MountTargets.mounts(request, shape, mounts(request, agent));
        if (!request.findings().violations().isEmpty()) {
            return new Decision.Reject(
                    Planner.INVALID,
                    request.findings().violations(),
                    request.findings().warnings());
        }
        if (mounts.isEmpty()) {
            return new Decision.Skip(
                    Eligibility.ALREADY_INJECTED, request.findings().warnings());
        }
        InjectionPlan plan = new InjectionPlan(
                new InjectionPlan.Summary("mounts-only", List.of(), List.of()),
                null,
                List.of(),
                mounts,
                List.of(),
                null,
                0,
                null,
                null,
                Map.of());
        return new Decision.Inject(
                new Reason("mounts-added", "the pod has its agent, and containers that another webhook added since"),
                plan,
                request.findings().warnings());
    }

    private static @Nullable Container agent(PodRequest request) {
        for (Container container : request.pod().allContainers()) {
            if (isAgent(container)) {
                return container;
            }
        }
        return null;
    }

    /** A patch may have renamed the container, but it cannot do without its configuration and its state. */
    private static boolean isAgent(Container container) {
        boolean configured = false;
        for (EnvVar variable : container.env()) {
            configured |= variable.name().equals(AgentContainers.CONFIG_VARIABLE);
        }
        boolean keepsState = false;
        for (Mount mount : container.mounts()) {
            keepsState |= mount.volume().equals(AgentContainers.STATE_VOLUME);
        }
        return configured && keepsState;
    }

    private static List<Map<String, Object>> mounts(PodRequest request, Container agent) {
        List<Map<String, Object>> mounts = new ArrayList<>();
        for (Mount mount : agent.mounts()) {
            if (mount.volume().equals(SecretVolumes.NAME) || mount.volume().startsWith(SecretVolumes.NAME + "-")) {
                mounts.add(Tree.mount(mount.volume(), mount.path(), !request.peer()));
            }
        }
        return mounts;
    }
}
