package io.purser.webhook.plan;

import io.purser.webhook.pod.Container;
import io.purser.webhook.pod.PodSnapshot;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.AnnotationSet;
import io.purser.webhook.policy.Domain;
import io.purser.webhook.policy.Setting;
import io.purser.webhook.policy.Settings;
import io.purser.webhook.policy.Values;
import io.purser.webhook.policy.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides whether a pod is looked at at all. The order is the peer's: what comes first hides what comes later. */
final class Eligibility {

    static final Reason NOT_REQUESTED = new Reason("not-requested", "the pod does not ask for secrets");
    static final Reason ALREADY_INJECTED = new Reason("already-injected", "the pod has its agent already");

    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final String INJECTED = "injected";
    private static final Set<String> PEERS_CONTAINERS = Set.of("vault-agent", "vault-agent-init");

    private final PodSnapshot pod;
    private final AnnotationSet annotations;
    private final Admission admission;
    private final Settings.Scope scope;

    Eligibility(PodSnapshot pod, AnnotationSet annotations, Admission admission, Settings settings) {
        this.pod = pod;
        this.annotations = annotations;
        this.admission = admission;
        this.scope = settings.scope();
    }

    /** The decision when there is nothing to plan; null when there is. */
    @Nullable
    Decision decide() {
        if (!admission.operation().equals("CREATE") || !admission.subResource().isEmpty()) {
            return skip("not-a-creation", "containers can be added to a pod only when it is created");
        }
        Setting inject = annotations.get(Annotation.INJECT);
        if (inject == null) {
            return new Decision.Skip(NOT_REQUESTED, forgotten());
        }
        boolean initOnly = inject.value().equals("init") && !inject.domain().isPeer();
        Boolean wanted = initOnly ? Boolean.TRUE : Values.bool(inject.value());
        if (wanted == null) {
            String right = inject.domain().isPeer() ? "give true or false" : "give true, init or false";
            return reject(
                    "invalid-annotations",
                    new Violation(inject.annotation(), PodRequest.quoted(inject) + " is not a boolean", right));
        }
        if (!wanted) {
            return skip("switched-off", "annotation " + inject.annotation() + " is false");
        }
        return decideWanted(inject);
    }

    private @Nullable Decision decideWanted(Setting inject) {
        if (pod.phase() != null && !pod.phase().isEmpty() && !pod.phase().equals("Pending")) {
            return skip("already-running", "the pod's phase is " + pod.phase() + ", too late for an init container");
        }
        if (pod.annotations().containsKey(MIRROR)) {
            return skip("mirror-pod", "the pod mirrors a static pod of its node and cannot be changed");
        }
        Setting status = annotations.get(Annotation.STATUS);
        if (status != null && status.domain().isPeer() && status.value().equals(INJECTED)) {
            return skip("injected-by-peer", "annotation " + status.annotation() + " says that the pod has its agent");
        }
        if (admission.namespace().equals(scope.ownNamespace())) {
            return skip("own-namespace", "Purser leaves the pods of its own namespace alone");
        }
        if (scope.systemNamespaces().contains(admission.namespace())) {
            return reject(
                    "system-namespace",
                    new Violation(
                            inject.annotation(),
                            "pods of the system namespace " + admission.namespace() + " are not injected",
                            "move the pod to another namespace, or leave the annotation out"));
        }
        for (Container container : pod.allContainers()) {
            if (PEERS_CONTAINERS.contains(container.name())) {
                return skip("injected-by-peer", "the pod has the containers of Vault's injector");
            }
        }
        if (pod.windows()) {
            return reject(
                    "windows",
                    new Violation(
                            inject.annotation(),
                            "the agent runs on Linux only, and the pod asks for a Windows node",
                            "leave the annotation out"));
        }
        return null;
    }

    /** Somebody who writes annotations but forgets the first of them should hear of it. */
    private List<String> forgotten() {
        List<String> warnings = new ArrayList<>(annotations.unknown());
        Domain inUse = annotations.inUse();
        if (inUse != null) {
            warnings.add("the pod has annotations under " + inUse.prefix() + " but not "
                    + Annotation.INJECT.display(inUse) + ", so that nothing is injected");
        }
        return warnings;
    }

    private static Decision skip(String word, String sentence) {
        return new Decision.Skip(new Reason(word, sentence), List.of());
    }

    private static Decision reject(String word, Violation violation) {
        return new Decision.Reject(new Reason(word, violation.wrong()), List.of(violation), List.of());
    }
}
