package io.purser.webhook.admission;

import io.purser.webhook.patch.JsonPatch;
import io.purser.webhook.plan.Admission;
import io.purser.webhook.plan.Decision;
import io.purser.webhook.plan.Planner;
import io.purser.webhook.plan.Reason;
import io.purser.webhook.pod.Container;
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

    private static final byte[] NO_PATCH = {};

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
        Answer known = rollouts.answer(body, length, policy);
        if (known != null) {
            return known;
        }
        Review review = ReviewReader.read(body, length);
        PodSnapshot pod = review.pod();
        Decision decision = pod != null && review.isOfAPod()
                ? Planner.decide(pod, admission(review, policy), policies)
                : decideWithoutPod(review);
        byte[] patch =
                pod != null && decision instanceof Decision.Inject inject ? JsonPatch.of(inject.plan(), pod) : null;
        Answer answer = new Answer(
                ReviewWriter.write(review, decision, patch),
                review.uid(),
                review.namespace(),
                pod == null || pod.name() == null ? review.name() : pod.name(),
                decision,
                false);
        rollouts.learn(body, length, policy, answer, patch == null ? NO_PATCH : patch, likeness(review));
        return answer;
    }

    private static Admission admission(Review review, @Nullable String policy) {
        return new Admission(review.namespace(), review.operation(), review.subResource(), review.dryRun(), policy);
    }

    /** The same for twins, and another for most other pods, also where all of a namespace are annotated alike. */
    private static int likeness(Review review) {
        PodSnapshot pod = review.pod();
        if (pod == null) {
            return 0;
        }
        int likeness = 31 * pod.annotations().hashCode() + review.namespace().hashCode();
        likeness = 31 * likeness + pod.serviceAccount().hashCode();
        for (Container container : pod.containers()) {
            likeness = 31 * likeness + container.name().hashCode();
        }
        return likeness;
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
