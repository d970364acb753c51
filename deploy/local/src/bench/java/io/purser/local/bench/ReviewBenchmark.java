package io.purser.local.bench;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.purser.webhook.admission.Answer;
import io.purser.webhook.admission.MalformedReviewException;
import io.purser.webhook.admission.Reviewer;
import io.purser.webhook.patch.JsonPatch;
import io.purser.webhook.plan.Admission;
import io.purser.webhook.plan.Decision;
import io.purser.webhook.plan.InjectionPlan;
import io.purser.webhook.plan.Planner;
import io.purser.webhook.pod.PodReader;
import io.purser.webhook.pod.PodSnapshot;
import io.purser.webhook.policy.PolicySet;
import io.purser.webhook.policy.Settings;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a review costs without the network: reading the pod, planning, writing the patch, and all of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ReviewBenchmark {

    /** Containers of the pod. */
    @Param({"1", "5", "50"})
    private int containers;

    private final PolicySet policies = PolicySet.of(Settings.defaults());
    private final Reviewer reviewer = new Reviewer(policies);
    private byte[] review;
    private PodSnapshot pod;
    private InjectionPlan plan;

    /** Chooses a pod that asks for three secrets with templates. */
    @Setup
    public void prepare() throws IOException {
        review = new ReviewCorpus(false).ofContainers(containers).get(2);
        pod = read();
        plan = ((Decision.Inject) plan()).plan();
    }

    /** The pod out of its review's text. */
    @Benchmark
    public PodSnapshot read() throws IOException {
        try (JsonParser parser = PodReader.JSON.createParser(review)) {
            while (!(parser.nextToken() == JsonToken.FIELD_NAME
                    && "object".equals(parser.currentName()))) {
                // on to the object
            }
            parser.nextToken();
            return PodReader.read(parser);
        }
    }

    /** From pod to plan. */
    @Benchmark
    public Decision plan() {
        return Planner.decide(pod, Admission.create("shop"), policies);
    }

    /** From plan to JSON patch. */
    @Benchmark
    public byte[] patch() {
        return JsonPatch.of(plan, pod);
    }

    /** From the review's bytes to the answer's, for the first pod of a ReplicaSet: a reviewer that remembers nothing plans each. */
    @Benchmark
    public Answer all() throws MalformedReviewException {
        return new Reviewer(policies).review(review, review.length, null);
    }

    /** The same for the pods after it, where the review is not too long to be remembered. */
    @Benchmark
    public Answer allOfATwin() throws MalformedReviewException {
        return reviewer.review(review, review.length, null);
    }
}
