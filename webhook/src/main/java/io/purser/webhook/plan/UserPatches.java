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
                patch = PatchOperations.parse(setting.value());
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
        try {
            Map<String, Object> patched = patch.apply(container);
            String problem = ContainerSchema.problem(patched);
            if (problem == null) {
                return ContainerSchema.known(patched);
            }
            wrong(request, setting, "leaves no container that the API server takes: " + problem);
        } catch (PatchException e) {
            wrong(request, setting, "cannot be carried out: " + e.getMessage());
        }
        return ContainerSchema.known(container);
    }

    private static void wrong(PodRequest request, Setting setting, String what) {
        request.violation(
                setting,
                "the patch " + what,
                "give a JSON patch (RFC 6902), a list of operations on the agent's container");
    }
}
