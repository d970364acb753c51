package io.purser.webhook.plan;

import io.purser.agent.config.AgentConfig;
import io.purser.agent.config.FileConfig;
import io.purser.webhook.plan.InjectionPlan.Addition;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.Domain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Puts a plan together from what the pod's annotations ask for, theme by theme. */
final class PlanDraft {

    private static final String STATUS = "injected/0.1.0";
    private static final String PEER_STATUS = "injected";

    private final PodRequest request;
    private final SortedSet<String> names;
    private final Shape shape;
    private final SecretVolumes volumes;
    private final FileSet files;
    private final AgentIdentity identity;
    private final AgentExtras extras;
    private final TokenMount token;

    PlanDraft(PodRequest request) {
        this.request = request;
        this.names = FileAnnotations.names(request);
        this.shape = Shape.read(request);
        this.volumes = SecretVolumes.read(request, names);
        SourceAnnotations.checkDefaults(request);
        this.files = FileAnnotations.read(request, volumes, names);
        this.identity = AgentIdentity.read(request);
        this.extras = AgentExtras.read(request);
        this.token = TokenMount.read(request, AuthAnnotations.method(request));
    }

    InjectionPlan finish() {
        if (request.admission().namespace().isEmpty()) {
            request.violation(Annotation.INJECT, "the request names no namespace", "create the pod in a namespace");
        }
        if (request.text(Annotation.REQUEST_NAMESPACE, request.admission().namespace())
                .isEmpty()) {
            request.violation(Annotation.REQUEST_NAMESPACE, "no namespace is given", "leave the annotation out");
        }
        boolean asksForFiles = !names.isEmpty() || request.has(Annotation.TEMPLATES);
        boolean asksForToken =
                request.bool(Annotation.INJECT_TOKEN, false) || request.bool(Annotation.CACHE_ENABLE, false);
        if (!asksForFiles && !asksForToken && extras.configDirectory() == null) {
            request.warning("the pod names no secret and no template, so that its agent has nothing to render");
        }
        AgentConfig config = config();
        AgentContainers containers = new AgentContainers(new AgentContainers.Parts(
                shape,
                AgentImages.choose(request, files.needsShell()),
                config,
                volumes,
                files,
                token,
                extras,
                identity,
                new ResourceAnnotations(request, memoryVolumes())));
        // The pod's patch for the sidecar is the one for the native sidecar, which is both.
        Annotation initPatch = shape.isNative() ? Annotation.JSON_PATCH : Annotation.INIT_JSON_PATCH;
        Map<String, Object> init = UserPatches.apply(request, initPatch, containers.init());
        Map<String, Object> sidecar = UserPatches.apply(
                request, shape.isNative() ? Annotation.INIT_JSON_PATCH : Annotation.JSON_PATCH, containers.sidecar());
        List<Map<String, Object>> added = containers.volumes();
        Boolean shared = shareProcesses();
        check(added, init, sidecar, shared);
        PolicyJudge.judge(request, config, init, sidecar);
        List<Addition> mounts = MountTargets.mounts(request, shape, volumes.mounts(!request.peer()));
        List<Addition> env = EnvAnnotations.read(request, shape, files, volumes);
        return new InjectionPlan(
                summary(), config, added, mounts, env, init, shape.position(), sidecar, shared, status());
    }

    private AgentConfig config() {
        boolean ownConfiguration = extras.configDirectory() != null;
        String refreshFile = files.podInfo().containsKey(FileSet.REFRESH_FILE)
                ? FileSet.POD_INFO_PATH + "/" + FileSet.REFRESH_FILE
                : null;
        return new AgentConfig(
                StoreAnnotations.read(request, ownConfiguration),
                AuthAnnotations.read(request, token, FileAnnotations.sinkFile(request, volumes), ownConfiguration),
                ownConfiguration ? List.of() : files.files(),
                files.folders(),
                volumes.paths(),
                request.bool(Annotation.ATOMIC_SET, false),
                AgentContainers.STATE_PATH,
                LifecycleAnnotations.refresh(request, refreshFile),
                LifecycleAnnotations.lifecycle(request, shape),
                ListenerAnnotations.read(request, shape),
                LifecycleAnnotations.log(request),
                TelemetryAnnotations.read(request, shape, extras.configDirectory()));
    }

    private long memoryVolumes() {
        return volumes.size().bytes() * (volumes.paths().size() + 1);
    }

    private void check(
            List<Map<String, Object>> added,
            @Nullable Map<String, Object> init,
            @Nullable Map<String, Object> sidecar,
            @Nullable Boolean shared) {
        MountTargets.check(request);
        Clashes.check(request, added, init, sidecar);
        FileModes.check(request, files, identity);
        boolean shares = Boolean.TRUE.equals(shared == null ? request.pod().shareProcessNamespace() : shared);
        NotifyAnnotations.check(request, files, identity, shares);
        String restartPolicy = request.pod().restartPolicy();
        boolean ends = restartPolicy != null && !restartPolicy.equals("Always");
        if (ends && sidecar != null && !request.bool(Annotation.ENABLE_QUIT, false)) {
            request.warning(
                    "the pod is to end by itself, and a sidecar beside the application keeps it from ending; give"
                            + " purser.io/sidecar: native, or "
                            + (request.peer() ? "agent-pre-populate-only" : "purser.io/inject: init")
                            + " where the files are read once");
        }
        if (request.pod().hostNetwork()) {
            request.warning("the pod shares its node's network: the agent's port must be free on the node");
        }
    }

    /** The value to set, or null to leave the pod's own. */
    private @Nullable Boolean shareProcesses() {
        if (!request.has(Annotation.SHARE_PROCESS_NAMESPACE)) {
            return null;
        }
        boolean share = request.bool(Annotation.SHARE_PROCESS_NAMESPACE, false);
        Boolean own = request.pod().shareProcessNamespace();
        if (share && Boolean.FALSE.equals(own)) {
            request.violation(
                    Annotation.SHARE_PROCESS_NAMESPACE,
                    "the pod says shareProcessNamespace: false",
                    "leave out one of the two");
        }
        boolean same = own != null && own == share;
        return same ? null : (Boolean) share;
    }

    private InjectionPlan.Summary summary() {
        List<String> paths = new ArrayList<>();
        for (FileConfig file : files.files()) {
            paths.add(file.destination());
        }
        return new InjectionPlan.Summary(shape.word(), paths, files.secretPaths());
    }

    /** What a policy adds, and the status: a peer's injector must see that the pod is served, so that never both act. */
    private Map<String, String> status() {
        Map<String, String> status = new LinkedHashMap<>(request.added());
        status.put(Annotation.STATUS.display(Domain.PURSER), STATUS);
        for (Domain domain : Domain.values()) {
            String inject = Annotation.INJECT.display(domain);
            boolean asked = request.pod().annotations().containsKey(inject)
                    || request.added().containsKey(inject);
            if (domain.isPeer() && asked) {
                status.put(Annotation.STATUS.display(domain), PEER_STATUS);
            }
        }
        return status;
    }
}
