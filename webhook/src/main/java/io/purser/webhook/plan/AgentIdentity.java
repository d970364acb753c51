package io.purser.webhook.plan;

import io.purser.webhook.pod.Container;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.Setting;
import io.purser.webhook.policy.Settings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whom the agent runs as.
 *
 * @param user user id, or null when the platform or the image gives it
 * @param group group id, or null likewise
 * @param securityContext of its containers, or null for none
 */
record AgentIdentity(
        @Nullable Long user, @Nullable Long group, @Nullable Map<String, Object> securityContext) {

    private static final String PLATFORM = "platform";
    private static final long PEER_USER = 100;
    private static final long PEER_GROUP = 1000;
    private static final long OWN_ID = 65532;

    static AgentIdentity read(PodRequest request) {
        Settings.Identity settings = request.settings().identity();
        boolean fromPlatform = isFromPlatform(request, settings);
        Long user =
                fromPlatform ? null : id(request, Annotation.RUN_AS_USER, orDefault(settings.user(), request, true));
        Long group = fromPlatform && !request.has(Annotation.RUN_AS_GROUP)
                ? null
                : id(request, Annotation.RUN_AS_GROUP, orDefault(settings.group(), request, false));
        if (request.bool(Annotation.RUN_AS_SAME_USER, settings.sameUser())) {
            user = firstContainersUser(request);
        }
        boolean set = request.bool(Annotation.SET_SECURITY_CONTEXT, settings.setSecurityContext());
        boolean asked = request.has(Annotation.RUN_AS_USER)
                || request.has(Annotation.RUN_AS_GROUP)
                || request.has(Annotation.RUN_AS_SAME_USER);
        if (!set && !(asked && !request.has(Annotation.SET_SECURITY_CONTEXT))) {
            return new AgentIdentity(null, null, null);
        }
        return new AgentIdentity(user, group, securityContext(user, group));
    }

    private static boolean isFromPlatform(PodRequest request, Settings.Identity settings) {
        Setting setting = request.setting(Annotation.RUN_AS_USER);
        return setting == null ? settings.fromPlatform() : setting.value().equals(PLATFORM);
    }

    private static long orDefault(@Nullable Long setting, PodRequest request, boolean user) {
        if (setting != null) {
            return setting;
        }
        return !request.peer() ? OWN_ID : user ? PEER_USER : PEER_GROUP;
    }

    /** An empty id means root to the peer, which nobody who leaves it empty can have meant. */
    private static @Nullable Long id(PodRequest request, Annotation annotation, long fallback) {
        Setting setting = request.setting(annotation);
        if (setting != null && setting.value().isEmpty()) {
            request.violation(setting, "an empty id would mean root", "give a number, or leave the annotation out");
            return fallback;
        }
        return request.number(annotation, fallback, PodRequest.Range.ID);
    }

    private static @Nullable Long firstContainersUser(PodRequest request) {
        List<Container> containers = request.pod().containers();
        Long user = containers.isEmpty()
                ? null
                : containers.get(0).securityContext().runAsUser();
        if (user == null || user == 0) {
            String name = containers.isEmpty() ? "" : " " + containers.get(0).name();
            request.violation(
                    Annotation.RUN_AS_SAME_USER,
                    "the first container" + name
                            + (user == null
                                    ? " has no securityContext.runAsUser"
                                    : " runs as root, which the agent must not"),
                    "give that container a runAsUser above 0, or leave the annotation out");
        }
        return user;
    }

    private static Map<String, Object> securityContext(@Nullable Long user, @Nullable Long group) {
        boolean root = (user != null && user == 0) || (group != null && group == 0);
        return Tree.of(
                "runAsUser",
                user,
                "runAsGroup",
                group,
                "runAsNonRoot",
                !root,
                "readOnlyRootFilesystem",
                true,
                "allowPrivilegeEscalation",
                false,
                "capabilities",
                Tree.of("drop", Tree.list("ALL")),
                "seccompProfile",
                Tree.of("type", "RuntimeDefault"));
    }
}
