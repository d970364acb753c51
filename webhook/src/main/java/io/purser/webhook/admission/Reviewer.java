package io.purser.webhook.admission;

import io.purser.webhook.admission.Rollouts.Planned;
import io.purser.webhook.patch.JsonPatch;
import io.purser.webhook.plan.Admission;
import io.purser.webhook.plan.Decision;
import io.purser.webhook.plan.Planner;
import io.purser.webhook.plan.Reason;
import io.purser.webhook.pod.PodSnapshot;
import io.purser.webhook.policy.PolicySet;
import io.purser.webhook.policy.Settings;
import io.purser.webhook.policy.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers AdmissionReviews under one set of policies. Thread-safe; what it remembers shows in no answer. */
public final class Reviewer {

    private static final Reason NOT_A_POD = new Reason("not-a-pod", "the object is not a pod");
    private static final Reason NO_OBJECT = new Reason("no-object", "the operation brings no pod");
    private static final Reason UNREADABLE = new Reason("unreadable-pod", "the object cannot be read as a pod");

    private final PolicySet policies;
    private final Rollouts rollouts = new Rollouts();

    /** A reviewer under the operator's policies. */
    public Reviewer(PolicySet policies) {
        this.policies = policies;
    }

    /** A reviewer under the operator's settings alone. */
    public Reviewer(Settings settings) {
        this(PolicySet.of(settings));
    }

    /**
     * Answers one review.
     *
     * @param body UTF-8 JSON in its first {@code length} bytes
     * @param policy the policy that the request's path names; null for the default
     * @throws MalformedReviewException when the body is no review that can be answered
     */
    public Answer review(byte[] body, int length, @Nullable String policy) throws MalformedReviewException {
        Review review = ReviewReader.read(body, length);
        PodSnapshot pod = review.pod();
        Planned planned = pod != null && review.isOfAPod()
                ? decide(pod, admission(review, policy), length)
                : new Planned(decideWithoutPod(review), null);
        String podName = pod == null || pod.name() == null ? review.name() : pod.name();
        return new Answer(
                ReviewWriter.write(review, planned.decision(), planned.patch()),
                review.uid(),
                review.namespace(),
                podName,
                planned.decision());
    }

    private static Admission admission(Review review, @Nullable String policy) {
        return new Admission(review.namespace(), review.operation(), review.subResource(), review.dryRun(), policy);
    }

    private Planned decide(PodSnapshot pod, Admission admission, int length) {
        return length > Rollouts.LONGEST
                ? plan(pod, admission)
                : rollouts.planned(pod, admission, () -> plan(pod, admission));
    }

    private Planned plan(PodSnapshot pod, Admission admission) {
        Decision decision = Planner.decide(pod, admission, policies);
        byte[] patch = decision instanceof Decision.Inject inject ? JsonPatch.of(inject.plan(), pod) : null;
        return new Planned(decision, patch);
    }

    private static Decision decideWithoutPod(Review review) {
        if (!review.isOfAPod()) {
            return new Decision.Skip(NOT_A_POD, List.of());
        }
        String unreadable = review.unreadable();
        if (unreadable == null
                && (review.operation().equals("DELETE") || review.operation().equals("CONNECT"))) {
            return new Decision.Skip(NO_OBJECT, List.of());
        }
        return unreadable(
                unreadable == null ? "the request has no object" : unreadable, "send a v1 Pod as the API describes it");
    }

    /** The decision about an object that is no pod that can be read: {@code wrong} says why, and {@code right} what to do, without a full stop. */
    public static Decision unreadable(String wrong, String right) {
        return new Decision.Reject(UNREADABLE, List.of(new Violation("pod", wrong, right)), List.of());
    }
}
