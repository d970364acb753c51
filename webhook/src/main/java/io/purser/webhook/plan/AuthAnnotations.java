package io.purser.webhook.plan;

import io.purser.agent.config.AuthConfig;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.AuthMethods;
import io.purser.webhook.policy.Nearest;
import io.purser.webhook.policy.Setting;
import io.purser.webhook.policy.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads how the agent logs in. */
final class AuthAnnotations {

    static final String KUBERNETES = "kubernetes";
    static final String AWS = "aws";

    private static final Set<String> WITH_POD_TOKEN = Set.of(KUBERNETES, "jwt");

    private static final Duration MIN_BACKOFF = Duration.ofSeconds(1);
    private static final Duration MAX_BACKOFF = Duration.ofMinutes(5);

    private AuthAnnotations() {}

    /** The method that the pod asks for. */
    static String method(PodRequest request) {
        return request.text(Annotation.AUTH_METHOD, request.settings().auth().method());
    }

    /** Whether the method needs the pod's service-account token. */
    static boolean needsToken(String method) {
        return !AuthMethods.OURS.contains(method) || WITH_POD_TOKEN.contains(method);
    }

    static AuthConfig read(PodRequest request, TokenMount token, @Nullable String sinkFile, boolean ownConfiguration) {
        String method = method(request);
        if (!ownConfiguration) {
            checkMethod(request, method);
        }
        Map<String, String> parameters = parameters(request);
        if (method.equals("approle") && request.peer()) {
            parameters.putIfAbsent(AuthConfig.REMOVE_SECRET_ID, "true"); // as Vault's agent has it
        }
        String role = role(request, parameters, method.equals(KUBERNETES) && !ownConfiguration);
        String tokenFile = tokenFile(request, method, parameters, token);
        Settings.Auth auth = request.settings().auth();
        Duration min = request.duration(Annotation.AUTH_MIN_BACKOFF, auth.minBackoff());
        Duration max = request.duration(Annotation.AUTH_MAX_BACKOFF, auth.maxBackoff());
        checkBackoff(request, min, max);
        boolean unknown = !AuthMethods.OURS.contains(method) && ownConfiguration;
        return new AuthConfig(
                unknown ? KUBERNETES : method, // the user's own configuration says another
                mount(request, ownConfiguration),
                role,
                tokenFile,
                token.audience(),
                parameters,
                min == null ? smaller(MIN_BACKOFF, max) : min,
                max == null ? larger(MAX_BACKOFF, min) : max,
                request.bool(Annotation.AUTH_EXIT_ON_ERROR, false),
                sinkFile);
    }

    private static void checkMethod(PodRequest request, String method) {
        if (AuthMethods.OURS.contains(method)) {
            return;
        }
        String ours = String.join(", ", AuthMethods.OURS);
        if (AuthMethods.OF_VAULT.contains(method) && request.peer()) {
            request.warning("annotation " + request.nameOf(Annotation.AUTH_METHOD) + " asks for " + method
                    + ", which Vault's agent has and Purser's has not: it will not log in, and say so; it has " + ours);
            return;
        }
        String nearest = AuthMethods.OF_VAULT.contains(method) ? null : Nearest.to(method, AuthMethods.OURS);
        request.violation(
                Annotation.AUTH_METHOD,
                method.isEmpty()
                        ? "no auth method is given"
                        : PodRequest.quoted(method) + " is no auth method of the agent",
                "give " + (nearest == null || method.isEmpty() ? "one of " + ours : nearest));
    }

    private static Map<String, String> parameters(PodRequest request) {
        Map<String, String> parameters = new TreeMap<>();
        for (Map.Entry<String, Setting> entry :
                request.annotations().all(Annotation.AUTH_PARAMETER).entrySet()) {
            parameters.put(entry.getKey().replace('-', '_'), entry.getValue().value());
        }
        return parameters;
    }

    private static @Nullable String role(PodRequest request, Map<String, String> parameters, boolean required) {
        String fromParameters = parameters.remove("role");
        String role = request.textOrNull(Annotation.ROLE);
        if (role != null) {
            return role;
        }
        if (fromParameters != null && !fromParameters.isEmpty()) {
            return fromParameters;
        }
        if (required) {
            request.violation(
                    Annotation.ROLE,
                    "no role is given, and the auth method " + KUBERNETES + " needs one",
                    "give the store's role for this pod's service account");
        }
        return null;
    }

    /** A token file that a parameter names counts before the one of the pod's service account. */
    private static @Nullable String tokenFile(
            PodRequest request, String method, Map<String, String> parameters, TokenMount token) {
        String tokenPath = parameters.remove("token_path");
        String named = method.equals("jwt") && parameters.get("path") != null ? parameters.get("path") : tokenPath;
        if (named == null || named.isEmpty()) {
            return token.file();
        }
        String problem = Paths.problem(named);
        if (problem != null) {
            String annotation = request.annotations().all(Annotation.AUTH_PARAMETER).values().stream()
                    .filter(setting -> setting.value().equals(named))
                    .map(Setting::annotation)
                    .findFirst()
                    .orElse(request.nameOf(Annotation.AUTH_PARAMETER));
            request.findings()
                    .violation(
                            annotation,
                            "the token's path " + PodRequest.quoted(named) + " " + problem,
                            "give an absolute path in the agent's container");
            return token.file();
        }
        return Paths.clean(named);
    }

    /** The mount's path without {@code auth/}, with which the peer writes it. */
    private static String mount(PodRequest request, boolean ownConfiguration) {
        String path =
                request.text(Annotation.AUTH_MOUNT, request.settings().auth().mount());
        String mount = Paths.clean(path).substring(1);
        if (mount.startsWith("auth/")) {
            mount = mount.substring("auth/".length());
        }
        if (mount.isEmpty() || mount.equals("auth")) {
            if (!ownConfiguration) {
                request.violation(
                        Annotation.AUTH_MOUNT,
                        PodRequest.quoted(path) + " names no auth mount",
                        "give the mount's path, such as auth/kubernetes");
            }
            return KUBERNETES;
        }
        return mount;
    }

    private static void checkBackoff(PodRequest request, @Nullable Duration min, @Nullable Duration max) {
        if (min != null && max != null && min.compareTo(max) > 0) {
            request.findings()
                    .violation(
                            request.nameOf(Annotation.AUTH_MIN_BACKOFF) + " and "
                                    + request.nameOf(Annotation.AUTH_MAX_BACKOFF),
                            "the first wait is longer than the longest",
                            "give a minimum that is at most the maximum");
        }
    }

    private static Duration smaller(Duration duration, @Nullable Duration other) {
        return other != null && other.compareTo(duration) < 0 ? other : duration;
    }

    private static Duration larger(Duration duration, @Nullable Duration other) {
        return other != null && other.compareTo(duration) > 0 ? other : duration;
    }
}
