package io.purser.webhook.plan;

import io.purser.webhook.pod.Container;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.ClusterVersion;
import io.purser.webhook.policy.Setting;
import io.purser.webhook.policy.SidecarMode;
import java.util.Set;

/**
 * Which agent containers a pod gets.
 *
 * @param init whether the application waits for its files
 * @param sidecar whether the files follow a rotation
 * @param isNative whether one container does both
 * @param position of the agent among the init containers
 */
record Shape(boolean init, boolean sidecar, boolean isNative, int position) {

    /** Containers of a service mesh that later init containers need for their network. */
    private static final Set<String> MESH_PROXIES = Set.of("istio-proxy", "linkerd-proxy");

    /** The summary's word. */
    String word() {
        if (isNative) {
            return "native";
        }
        return init && sidecar ? "classic" : init ? "init-only" : "sidecar-only";
    }

    static Shape read(PodRequest request) {
        boolean initOnly = "init".equals(request.text(Annotation.INJECT, ""));
        boolean init = request.bool(Annotation.PRE_POPULATE, true);
        boolean only = request.bool(Annotation.PRE_POPULATE_ONLY, false);
        if (!init && (only || initOnly)) {
            Annotation other = only ? Annotation.PRE_POPULATE_ONLY : Annotation.INJECT;
            request.findings()
                    .violation(
                            request.nameOf(Annotation.PRE_POPULATE) + " and " + request.nameOf(other),
                            "one wants no init container and the other nothing else, so that there would be no agent",
                            "leave one of them out");
        }
        boolean sidecar = !only && !initOnly;
        return new Shape(init, sidecar, isNative(request, init && sidecar), position(request));
    }

    private static boolean isNative(PodRequest request, boolean both) {
        SidecarMode mode = request.settings().shape().sidecar();
        ClusterVersion version = request.settings().shape().clusterVersion();
        boolean clusterHasIt = version == null || version.atLeast(ClusterVersion.NATIVE_SIDECARS);
        Setting setting = request.setting(Annotation.SIDECAR);
        if (setting != null) {
            SidecarMode wanted = SidecarMode.parse(setting.value());
            if (wanted == null) {
                request.violation(
                        setting, PodRequest.quoted(setting) + " is no sidecar mode", "give native, classic or auto");
            } else {
                mode = wanted;
            }
            if (wanted == SidecarMode.NATIVE && !clusterHasIt) {
                request.violation(
                        setting,
                        "the cluster is " + version + ", native sidecars need " + ClusterVersion.NATIVE_SIDECARS,
                        "give classic or auto");
            }
        }
        boolean patched = request.textOrNull(Annotation.INIT_JSON_PATCH) != null
                || request.textOrNull(Annotation.JSON_PATCH) != null;
        // A pod written for the peer keeps two containers: its JSON patches and its place in the order mean them.
        boolean auto = clusterHasIt && !request.peer() && !patched;
        return both && (mode == SidecarMode.NATIVE || (mode == SidecarMode.AUTO && auto));
    }

    /**
     * The peer's pods get the agent last, or first when asked. Others get it first, so that every init container can have
     * secrets, but after a mesh's proxy that runs among the init containers, without which it would have no network.
     */
    private static int position(PodRequest request) {
        boolean first = request.bool(Annotation.INIT_FIRST, !request.peer());
        if (!first) {
            return request.pod().initContainers().size();
        }
        int position = 0;
        if (!request.has(Annotation.INIT_FIRST)) {
            for (Container container : request.pod().initContainers()) {
                if (MESH_PROXIES.contains(container.name())) {
                    position = container.index() + 1;
                }
            }
        }
        return position;
    }
}
