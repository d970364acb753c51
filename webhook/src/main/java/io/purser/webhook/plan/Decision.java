package io.purser.webhook.plan;

import io.purser.webhook.policy.Violation;
import java.util.List;

/** What is to be done with a pod. */
public sealed interface Decision {

    /** Why. */
    Reason reason();

    /** What the user should know, each a sentence. */
    List<String> warnings();

    /** Admit the pod as it is. */
    record Skip(Reason reason, List<String> warnings) implements Decision {}

    /**
     * Refuse the pod.
     *
     * @param violations all that are wrong; never empty
     */
    record Reject(Reason reason, List<Violation> violations, List<String> warnings) implements Decision {}

    /**
     * Change the pod and admit it.
     *
     * @param plan what to change
     */
    record Inject(Reason reason, InjectionPlan plan, List<String> warnings) implements Decision {}
}
