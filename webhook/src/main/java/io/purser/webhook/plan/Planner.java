package io.purser.webhook.plan;

import io.purser.webhook.pod.PodSnapshot;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.AnnotationSet;
import io.purser.webhook.policy.Findings;
import io.purser.webhook.policy.Setting;
import io.purser.webhook.policy.Settings;

/** Decides what is injected into a pod: a pure function of the pod, the request and the settings. */
public final class Planner {

    static final Reason INVALID = new Reason("invalid-annotations", "the pod's annotations cannot be carried out");

    private Planner() {}

    /** Never throws for anything that a pod can say: what is wrong with it is in the decision. */
    public static Decision decide(PodSnapshot pod, Admission admission, Settings settings) {
        AnnotationSet annotations = new AnnotationSet(pod.annotations());
        Decision early = new Eligibility(pod, annotations, admission, settings).decide();
        Setting inject = annotations.get(Annotation.INJECT);
        if (early != null || inject == null) {
            return early == null ? new Decision.Skip(Eligibility.NOT_REQUESTED, java.util.List.of()) : early;
        }
        PodRequest request = new PodRequest(pod, annotations, admission, settings, inject.domain(), new Findings());
        annotations.unknown().forEach(request::warning);
        Decision again = Reinjection.decide(request);
        return again == null ? plan(request) : again;
    }

    private static Decision plan(PodRequest request) {
        InjectionPlan plan = new PlanDraft(request).finish();
        Findings findings = request.findings();
        if (!findings.violations().isEmpty()) {
            return new Decision.Reject(INVALID, findings.violations(), findings.warnings());
        }
        String shape = plan.summary().shape();
        return new Decision.Inject(
                new Reason("injected", "the pod gets the agent, shape " + shape), plan, findings.warnings());
    }
}
