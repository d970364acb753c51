package io.purser.local.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.purser.local.apiserver.PlannedPods.Planned;
import io.purser.webhook.plan.Decision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Creates pods of many shapes, many at once, and holds what came of each against its plan. */
final class ManyPods {
    static final int PODS = 200;
    private static final int AT_ONCE = 50;

    private final KubernetesClient client;
    private final PlannedPods planned;

    ManyPods(KubernetesClient client) {
        this.client = client;
        this.planned = new PlannedPods(client, Replica.SETTINGS);
    }

    /** How often each outcome came: {@code inject}, {@code skip}, {@code reject}, {@code refused-by-the-api-server}. */
    Map<String, Integer> create(String namespace) throws InterruptedException {
        return all(number -> outcome(PodShapes.shape(namespace, number)));
    }

    /** The same for pods that PodSecurity is asked about with and without their annotations; none is stored. */
    Map<String, Integer> admitWithAndWithout(String namespace) throws InterruptedException {
        return all(number -> strictness(PodShapes.restricted(namespace, number)));
    }

    private interface Attempt {
        String outcome(int number) throws IOException;
    }

    private static Map<String, Integer> all(Attempt attempt) throws InterruptedException {
        ExecutorService many = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<String>> outcomes = new ArrayList<>();
            for (int number = 0; number < PODS; number++) {
                int shape = number;
                outcomes.add(many.submit(() -> attempt.outcome(shape)));
            }
            Map<String, Integer> counts = new TreeMap<>();
            for (Future<String> outcome : outcomes) {
                counts.merge(result(outcome), 1, Integer::sum);
            }
            return counts;
        } finally {
            many.shutdownNow();
        }
    }

    private static String result(Future<String> outcome) throws InterruptedException {
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            throw new AssertionError("an attempt failed: " + e.getCause().getMessage(), e.getCause());
        }
    }

    private String outcome(Pod pod) throws IOException {
        Planned plan = planned.plan(pod);
        String name = pod.getMetadata().getName();
        try {
            Pod stored = client.resource(pod).create();
            assertThat(plan.spec()).as("%s was stored, so it was to be", name).isNotNull();
            assertThat(PlannedPods.spec(stored)).as(name).isEqualTo(plan.spec());
            return plan.decision() instanceof Decision.Inject ? "inject" : "skip";
        } catch (KubernetesClientException refused) {
            if (plan.decision() == null) {
                return "refused-by-the-api-server";
            }
            assertThat(plan.decision()).as("%s: %s", name, refused.getMessage()).isInstanceOf(Decision.Reject.class);
            assertThat(refused.getCode()).as(name).isEqualTo(422);
            ((Decision.Reject) plan.decision()).violations().forEach(violation -> assertThat(refused.getMessage())
                    .as(name)
                    .contains(violation.annotation()));
            return "reject";
        }
    }

    private String strictness(Pod pod) {
        Pod plain = new PodBuilder(pod)
                .editMetadata()
                .withAnnotations(Map.of())
                .endMetadata()
                .build();
        try {
            client.resource(plain).dryRun().create();
        } catch (KubernetesClientException refused) {
            return "refused-uninjected";
        }
        try {
            Pod admitted = client.resource(pod).dryRun().create();
            return Installation.isInjected(admitted) ? "inject" : "skip";
        } catch (KubernetesClientException refused) {
            assertThat(refused.getMessage())
                    .as(
                            "%s is refused by the webhook or not at all",
                            pod.getMetadata().getName())
                    .contains("admission webhook");
            return "reject";
        }
    }
}
