package io.purser.webhook.plan;

import io.purser.agent.config.AgentConfig;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.Glob;
import io.purser.webhook.policy.Policy;
import io.purser.webhook.policy.Quantity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges by the operator's policy what a pod asks for: the agent's configuration, and its containers as they finally are. */
final class PolicyJudge {

    private final PodRequest request;
    private final Policy.Bounds bounds;
    private final Map<String, String> placeholders;

    private PolicyJudge(PodRequest request) {
        this.request = request;
        this.bounds = request.policy().bounds();
        this.placeholders = request.placeholders();
    }

    /** Notes annotations that the pod must not have. */
    static void checkForbidden(PodRequest request, Map<String, String> given) {
        for (String name : given.keySet()) {
            for (Glob glob : request.policy().forbidden()) {
                if (glob.matches(name, Map.of())) {
                    request.findings()
                            .violation(
                                    name,
                                    "policy " + request.policy().name() + " does not allow this annotation here",
                                    "leave it out, or ask whoever owns the policy");
                }
            }
        }
    }

    static void judge(
            PodRequest request,
            AgentConfig config,
            @Nullable Map<String, Object> init,
            @Nullable Map<String, Object> sidecar) {
        PolicyJudge judge = new PolicyJudge(request);
        if (judge.bounds.isEmpty()) {
            return;
        }
        judge.config(config);
        Annotation initPatch = sidecar == null && init != null && init.containsKey("restartPolicy")
                ? Annotation.JSON_PATCH
                : Annotation.INIT_JSON_PATCH;
        judge.container(init, config, initPatch);
        judge.container(sidecar, config, Annotation.JSON_PATCH);
    }

    private void config(AgentConfig config) {
        String namespace = config.store().namespace();
        String role = config.auth().role();
        String proxy = config.store().proxy();
        allowed(Annotation.STORE_ADDRESS, config.store().address(), bounds.storeAddresses());
        allowed(Annotation.STORE_NAMESPACE, namespace == null ? "" : namespace, bounds.storeNamespaces());
        allowed(Annotation.PROXY_ADDRESS, proxy == null ? "" : proxy, proxy == null ? List.of() : bounds.proxies());
        allowed(Annotation.AUTH_METHOD, config.auth().method(), bounds.authMethods());
        allowed(Annotation.AUTH_MOUNT, config.auth().mount(), bounds.authMounts());
        allowed(Annotation.ROLE, role == null ? "" : role, bounds.roles());
        if (config.vaultAgent() != null && config.vaultAgent().configDirectory() != null) {
            request.violation(
                    Annotation.CONFIGMAP,
                    "policy " + request.policy().name() + " bounds what agents may do, and a configuration of the"
                            + " user's own cannot be judged at admission",
                    "use annotations in its place");
        }
    }

    private void allowed(Annotation annotation, String value, List<Glob> globs) {
        if (!globs.isEmpty() && globs.stream().noneMatch(glob -> glob.matches(value, placeholders))) {
            request.violation(
                    annotation,
                    "policy " + request.policy().name() + " does not allow " + PodRequest.quoted(value),
                    "give "
                            + String.join(
                                    " or ",
                                    globs.stream()
                                            .map(glob -> PodRequest.quoted(Glob.expand(glob.text(), placeholders)))
                                            .toList()));
        }
    }

    /** A JSON patch must not do what the annotations may not. */
    private void container(@Nullable Map<String, Object> container, AgentConfig config, Annotation patch) {
        if (container == null) {
            return;
        }
        Annotation image = request.textOrNull(patch) == null ? Annotation.IMAGE : patch;
        allowed(image, Trees.text(container, "image"), bounds.images());
        if (!AgentContainers.isUntouched(container, config)) {
            request.violation(
                    patch,
                    "policy " + request.policy().name()
                            + " bounds what agents may do, and the patch changes the agent's command or configuration",
                    "leave command, args and " + AgentContainers.CONFIG_VARIABLE + " as they are");
        }
        users(container, patch);
        limits(container, patch);
    }

    private void users(Map<String, Object> container, Annotation patch) {
        Policy.Users users = bounds.users();
        if (users == null) {
            return;
        }
        Object context = container.get("securityContext");
        Object user = context instanceof Map<?, ?> map ? map.get("runAsUser") : null;
        boolean privileged = context instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("privileged"));
        Annotation culprit = request.textOrNull(patch) == null ? Annotation.RUN_AS_USER : patch;
        if (!(user instanceof Long) && !request.settings().identity().fromPlatform()) {
            request.violation(
                    culprit,
                    "policy " + request.policy().name() + " does not allow an agent whose user is not said",
                    "give an id from " + users.least() + " to " + users.greatest());
        }
        if (user instanceof Long id && (id < users.least() || id > users.greatest())) {
            request.violation(
                    culprit,
                    "policy " + request.policy().name() + " does not allow user " + id,
                    "give an id from " + users.least() + " to " + users.greatest());
        }
        if (privileged) {
            request.violation(
                    culprit,
                    "policy " + request.policy().name() + " does not allow a privileged agent",
                    "leave it out");
        }
    }

    private void limits(Map<String, Object> container, Annotation patch) {
        Object resources = container.get("resources");
        Object limits = resources instanceof Map<?, ?> map ? map.get("limits") : null;
        Map<?, ?> values = limits instanceof Map<?, ?> map ? map : Map.of();
        boolean patched = request.textOrNull(patch) != null;
        limit(values.get("cpu"), bounds.maxCpu(), patched ? patch : Annotation.LIMITS_CPU);
        limit(values.get("memory"), bounds.maxMemory(), patched ? patch : Annotation.LIMITS_MEMORY);
    }

    private void limit(@Nullable Object value, @Nullable Quantity most, Annotation annotation) {
        if (most == null) {
            return;
        }
        Quantity limit = value == null ? null : Quantity.parse(value.toString());
        if (limit == null || limit.compareTo(most) > 0) {
            request.violation(
                    annotation,
                    "policy " + request.policy().name() + " does not allow "
                            + (limit == null ? "no limit" : limit.text()),
                    "give at most " + most.text());
        }
    }
}
