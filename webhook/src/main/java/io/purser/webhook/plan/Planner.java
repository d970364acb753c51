package io.purser.webhook.plan;

import io.purser.webhook.pod.PodSnapshot;
import io.purser.webhook.policy.Settings;
import java.util.List;

/** Decides what is injected into a pod: a pure function of the pod, the request and the settings. */
public final class Planner {

    private Planner() {}

    /** Never throws for anything that a pod can say: what is wrong with it is in the decision. */
    public static Decision decide(PodSnapshot pod, Admission admission, Settings settings) {
        return new Decision.Skip(new Reason("not-requested", "the pod does not ask for secrets"), List.of());
    }
}
