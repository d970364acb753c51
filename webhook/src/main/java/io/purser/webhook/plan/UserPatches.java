package io.purser.webhook.plan;

import io.purser.webhook.plan.PatchOperations.PatchException;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.Setting;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries out the JSON patches that a pod gives for its agent's containers. */
final class UserPatches {

    private UserPatches() {}

    /**
     * The container after the pod's patch. The patch is read even when there is no container.
     *
     * @param annotation the one that holds the patch
     */
    static @Nullable Map<String, Object> apply(
            PodRequest request, Annotation annotation, @Nullable Map<String, Object> container) {
        Setting setting = request.setting(annotation);
        PatchOperations patch = null;
        if (setting != null && !setting.value().isEmpty()) {
            try {
                patch = PatchOperations.parse(setting.value(), setting.domain().isPeer());
            } catch (PatchException e) {
                wrong(request, setting, "is not used: " + e.getMessage());
            }
        }
        if (container == null) {
            return null;
        }
        if (setting == null || patch == null) {
            return ContainerSchema.known(container);
        }
        Map<String, Object> patched = patched(request, setting, patch, container);
        return ContainerSchema.known(patched == null ? container : patched);
    }

    /** The patched container, or null when there is none; whatever is wrong with it is noted. */
    private static @Nullable Map<String, Object> patched(
            PodRequest request, Setting setting, PatchOperations patch, Map<String, Object> container) {
        try {
            Map<String, Object> patched = patch.apply(container);
            String problem = ContainerSchema.problem(patched);
            if (problem != null) {
                refused(request, setting, problem);
                return null;
            }
            problem = ContainerRules.problem(patched);
            if (problem != null) {
                refused(request, setting, problem);
            }
            if (AgentContainers.hasOtherArguments(container, patched)) {
                request.violation(
                        setting,
                        "the patch changes the arguments of the agent, which are no shell's script as the peer's are",
                        "leave /args as it is, or put a command of your own in /command too");
            }
            return patched;
        } catch (PatchException e) {
            wrong(request, setting, "cannot be carried out: " + e.getMessage());
        }
        return null;
    }

    private static void refused(PodRequest request, Setting setting, String problem) {
        wrong(request, setting, "leaves no container that the API server takes: " + problem);
    }

    private static void wrong(PodRequest request, Setting setting, String what) {
        request.violation(
                setting,
                "the patch " + what,
                "give a JSON patch (RFC 6902), a list of operations on the agent's container");
    }
}
