package io.purser.webhook.plan;

import io.purser.webhook.pod.PodSnapshot;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.AnnotationSet;
import io.purser.webhook.policy.Findings;
import io.purser.webhook.policy.Policy;
import io.purser.webhook.policy.PolicySet;
import io.purser.webhook.policy.Setting;
import io.purser.webhook.policy.Settings;
import io.purser.webhook.policy.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides what is injected into a pod: a pure function of the pod, the request and the settings. */
public final class Planner {

    static final Reason INVALID = new Reason("invalid-annotations", "the pod's annotations cannot be carried out");

    private static final Reason UNKNOWN_POLICY =
            new Reason("unknown-policy", "the review came in by the path of no policy");

    private Planner() {}

    /** The same without a policy file. */
    public static Decision decide(PodSnapshot pod, Admission admission, Settings settings) {
        return decide(pod, admission, PolicySet.of(settings));
    }

    /** Never throws for anything that a pod can say: what is wrong with it is in the decision. */
    public static Decision decide(PodSnapshot pod, Admission admission, PolicySet policies) {
        Policy policy = policies.get(admission.policy());
        if (policy == null) {
            Violation violation = new Violation(
                    "policy " + admission.policy(),
                    "the webhook has no policy of that name",
                    "correct the path of the webhook's configuration, or add the policy");
            return new Decision.Reject(UNKNOWN_POLICY, List.of(violation), List.of());
        }
        AnnotationSet own = new AnnotationSet(pod.annotations());
        Map<String, String> added = policy.annotations().isEmpty()
                ? Map.of()
                : PodDefaults.missing(own, policy.annotations(), PodRequest.placeholders(pod, admission));
        AnnotationSet annotations = added.isEmpty() ? own : new AnnotationSet(together(pod.annotations(), added));
        Decision early = new Eligibility(pod, annotations, admission, policy.settings()).decide();
        Setting inject = annotations.get(Annotation.INJECT);
        if (early != null) {
            return early;
        }
        if (inject == null) {
            return new Decision.Skip(Eligibility.NOT_REQUESTED, List.of());
        }
        PodRequest request =
                new PodRequest(pod, annotations, admission, policy, added, inject.domain(), new Findings());
        annotations.unknown().forEach(request::warning);
        annotations.endingInLineBreak().forEach(request::warning);
        PolicyJudge.checkForbidden(request, pod.annotations());
        Decision again = Reinjection.decide(request);
        return again == null ? plan(request) : again;
    }

    private static Map<String, String> together(Map<String, String> own, Map<String, String> added) {
        Map<String, String> all = new LinkedHashMap<>(own);
        all.putAll(added);
        return all;
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
