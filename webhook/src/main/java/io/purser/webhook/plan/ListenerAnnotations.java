package io.purser.webhook.plan;

import io.purser.agent.config.ListenerConfig;
import io.purser.agent.config.ListenerConfig.ProxyConfig;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.Setting;
import io.purser.webhook.policy.Values;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads which ports the agent listens on, and keeps them apart from the pod's. */
final class ListenerAnnotations {

    private static final long PEER_PORT = 8200;

    private final PodRequest request;
    private final Set<Integer> taken = new TreeSet<>();

    private ListenerAnnotations(PodRequest request) {
        this.request = request;
        request.pod().allContainers().forEach(container -> taken.addAll(container.ports()));
    }

    static ListenerConfig read(PodRequest request, Shape shape) {
        return new ListenerAnnotations(request).listener(shape);
    }

    private ListenerConfig listener(Shape shape) {
        boolean cache = request.bool(Annotation.CACHE_ENABLE, false);
        boolean quit = request.bool(Annotation.ENABLE_QUIT, false);
        request.bool(Annotation.CACHE_EXIT_ON_ERROR, false);
        boolean forwards = cache && shape.sidecar();
        ProxyConfig proxy = forwards || quit ? new ProxyConfig(proxyPort(), forwards ? token() : "false", quit) : null;
        return new ListenerConfig(agentPort(proxy), proxy);
    }

    private int proxyPort() {
        Long port = request.number(Annotation.CACHE_PORT, PEER_PORT, PodRequest.Range.PORT);
        if (port == null) {
            request.violation(Annotation.CACHE_PORT, "no port is given", "give a port from 1 to 65535");
            return (int) PEER_PORT;
        }
        if (taken.contains(port.intValue())) {
            request.warning("a container of the pod has port " + port + " too, which the agent listens on for the"
                    + " application's API calls; annotation " + request.nameOf(Annotation.CACHE_PORT)
                    + " gives it another");
        }
        return port.intValue();
    }

    private String token() {
        Setting setting = request.setting(Annotation.CACHE_TOKEN);
        if (setting == null) {
            return "true";
        }
        if (setting.value().equals("force")) {
            return "force";
        }
        Boolean value = Values.bool(setting.value());
        if (value == null) {
            request.violation(
                    setting, PodRequest.quoted(setting) + " is not one of the forms", "give true, force or false");
        }
        return Boolean.TRUE.equals(value) ? "true" : "false";
    }

    /** The operator's port steps aside for a port of the pod; one that the pod asks for must be free. */
    private int agentPort(@Nullable ProxyConfig proxy) {
        if (proxy != null) {
            taken.add(proxy.port());
        }
        int fallback = request.settings().shape().agentPort();
        Long wanted = request.number(Annotation.AGENT_PORT, null, PodRequest.Range.PORT);
        if (wanted != null) {
            if (taken.contains(wanted.intValue())) {
                request.violation(
                        Annotation.AGENT_PORT, "port " + wanted + " is in use in this pod", "give a free port");
            }
            return wanted.intValue();
        }
        int port = fallback;
        while (taken.contains(port)) {
            port = port == 65535 ? 1024 : port + 1;
        }
        return port;
    }
}
