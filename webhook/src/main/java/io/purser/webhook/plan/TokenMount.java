package io.purser.webhook.plan;

import io.purser.webhook.pod.Container;
import io.purser.webhook.pod.Mount;
import io.purser.webhook.pod.Volume;
import io.purser.webhook.pod.Volume.ProjectedToken;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The service-account token that the agent logs in with.
 *
 * @param volumeName the volume that has it, or null for none
 * @param mountPath where the agent mounts that volume
 * @param file the token's path in the agent, or null for none
 * @param audience whom it is for, or null for the API server
 * @param volume the volume to add, or null when the pod has it
 */
record TokenMount(
        @Nullable String volumeName,
        String mountPath,
        @Nullable String file,
        @Nullable String audience,
        @Nullable Map<String, Object> volume) {

    static final String OWN_VOLUME = "purser-token";

    private static final TokenMount NONE = new TokenMount(null, "", null, null, null);
    private static final String OWN_PATH = "/var/run/secrets/purser.io";
    private static final String PEER_PATH = "/var/run/secrets/vault.hashicorp.com/serviceaccount";
    private static final String POD_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final String FILE = "token";
    private static final Duration SHORTEST = Duration.ofMinutes(10);

    static TokenMount read(PodRequest request, String method) {
        Setting named = request.setting(Annotation.TOKEN_VOLUME);
        if (named != null && !named.value().isEmpty()) {
            return named(request, named);
        }
        boolean needed = AuthAnnotations.needsToken(method);
        if (request.peer()) {
            return podsOwn(request, needed);
        }
        return needed ? projected(request) : NONE;
    }

    /** The agent's own token, which no other container sees. */
    private static TokenMount projected(PodRequest request) {
        Duration fallback = request.settings().auth().tokenExpiry();
        Duration expiry = request.duration(Annotation.TOKEN_EXPIRY, fallback);
        if (expiry == null || expiry.compareTo(SHORTEST) < 0) {
            request.violation(
                    Annotation.TOKEN_EXPIRY,
                    "a token cannot expire so soon",
                    "give at least 10m, the API server's minimum");
            expiry = fallback;
        }
        String audience = request.textOrNull(Annotation.TOKEN_AUDIENCE);
        if (audience == null) {
            audience = request.settings().auth().audience();
        }
        Map<String, Object> source = Tree.of(
                "serviceAccountToken",
                Tree.of("audience", audience, "expirationSeconds", expiry.toSeconds(), "path", FILE));
        Map<String, Object> volume = Tree.of("name", OWN_VOLUME, "projected", Tree.of("sources", List.of(source)));
        return new TokenMount(OWN_VOLUME, OWN_PATH, OWN_PATH + "/" + FILE, audience, volume);
    }

    /** A projected volume of the pod that an annotation names; mounted where a container mounts it, if one does. */
    private static TokenMount named(PodRequest request, Setting setting) {
        String name = setting.value();
        Volume volume = request.pod().volume(name);
        ProjectedToken token = volume == null
                ? null
                : volume.tokens().stream()
                        .filter(candidate -> !candidate.path().isEmpty())
                        .findFirst()
                        .orElse(null);
        if (token == null) {
            request.violation(
                    setting,
                    volume == null ? "the pod has no volume " + name : "the volume " + name + " projects no token",
                    "name a projected volume of the pod that has a serviceAccountToken");
            return NONE;
        }
        String path = request.peer() ? PEER_PATH : OWN_PATH;
        for (Container container : request.pod().containers()) {
            for (Mount mount : container.mounts()) {
                if (mount.volume().equals(name)) {
                    path = Paths.clean(mount.path());
                    return new TokenMount(name, path, path + "/" + token.path(), token.audience(), null);
                }
            }
        }
        return new TokenMount(name, path, path + "/" + token.path(), token.audience(), null);
    }

    /**
     * The token that the pod's containers have. The peer takes the first mount with {@code serviceaccount} in its path,
     * even when its token is for someone else, such as a cloud's IAM: here one for the API server comes first, and one for
     * someone else is never sent to the store.
     */
    private static TokenMount podsOwn(PodRequest request, boolean needed) {
        Mount best = null;
        for (Container container : request.pod().containers()) {
            for (Mount mount : container.mounts()) {
                boolean candidate = mount.path().contains("serviceaccount") && !isForeign(request, mount);
                if (candidate && (best == null || (isPodPath(mount) && !isPodPath(best)))) {
                    best = mount;
                }
            }
        }
        if (best == null && !needed) {
            return NONE;
        }
        if (best == null) {
            request.violation(
                    Annotation.TOKEN_VOLUME,
                    "no container of the pod mounts a service account's token for the agent to log in with",
                    "leave automountServiceAccountToken on, or name a projected volume of the pod that has a token");
            return NONE;
        }
        String path = Paths.clean(best.path());
        return new TokenMount(best.volume(), path, path + "/" + tokenFile(request, best), null, null);
    }

    private static boolean isPodPath(Mount mount) {
        return Paths.clean(mount.path()).equals(POD_PATH);
    }

    /** Whether there can be no token for the API server at this mount. */
    private static boolean isForeign(PodRequest request, Mount mount) {
        if (mount.path().toLowerCase(Locale.ROOT).contains("eks.amazonaws.com")) {
            return true;
        }
        Volume volume = request.pod().volume(mount.volume());
        if (volume == null) {
            return false;
        }
        return switch (volume.type()) {
            case "projected" -> areAllForCloud(volume.tokens());
            case "secret", "csi" -> false;
            default -> true;
        };
    }

    private static boolean areAllForCloud(List<ProjectedToken> tokens) {
        for (ProjectedToken token : tokens) {
            if (token.audience() == null || !token.audience().endsWith(".amazonaws.com")) {
                return false;
            }
        }
        return true;
    }

    private static String tokenFile(PodRequest request, Mount mount) {
        Volume volume = request.pod().volume(mount.volume());
        if (volume == null || volume.tokens().isEmpty()) {
            return FILE;
        }
        for (ProjectedToken token : volume.tokens()) {
            if (token.path().equals(FILE)) {
                return FILE;
            }
        }
        return volume.tokens().get(0).path();
    }
}
