package io.purser.webhook.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.purser.webhook.pod.PodSnapshot;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.Domain;
import io.purser.webhook.policy.PolicyReader;
import io.purser.webhook.policy.PolicySet;
import io.purser.webhook.policy.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** No bytes make the planner throw, hang or decide twice in two ways. With {@code JAZZER_FUZZ=1} new bytes are looked for. */
class PlannerFuzzTest {

    private static final PolicySet POLICIES = PolicySet.of(Settings.defaults());

    @FuzzTest(maxDuration = "30m")
    void anyPod(byte[] bytes) {
        PodSnapshot pod;
        try {
            pod = PatchedPod.snapshot(new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
        } catch (IOException notAPod) {
            return;
        }
        Decision decision = Planner.decide(pod, Admission.create("shop"), POLICIES);
        assertThat(Planner.decide(pod, Admission.create("shop"), POLICIES)).isEqualTo(decision);
    }

    @FuzzTest(maxDuration = "30m")
    void anyAnnotations(FuzzedDataProvider random) {
        Map<String, String> annotations = new LinkedHashMap<>();
        Domain domain = random.pickValue(Domain.values());
        annotations.put(Annotation.INJECT.display(domain), "true");
        for (int i = random.consumeInt(0, 6); i > 0; i--) {
            Annotation annotation = random.pickValue(Annotation.values());
            Domain other = random.pickValue(Domain.values());
            if (annotation.nameIn(other) != null) {
                String name = annotation.display(other).replaceFirst("(NAME|VAR|PARAM)$", random.consumeString(4));
                annotations.put(name, random.consumeString(200));
            }
        }
        PodSnapshot pod = pod(annotations);
        Decision decision = Planner.decide(pod, Admission.create("shop"), POLICIES);
        if (decision instanceof Decision.Inject inject) {
            assertThat(io.purser.webhook.patch.JsonPatch.of(inject.plan(), pod)).isNotEmpty();
        } else {
            assertThat(decision.reason().sentence()).isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "30m")
    void anyPolicy(FuzzedDataProvider random) {
        String yaml = random.consumeRemainingAsString();
        assertThat(PolicyReader.read(yaml, Map.of()).policies().get(null)).isNotNull();
    }

    private static PodSnapshot pod(Map<String, String> annotations) {
        try {
            PodSnapshot plain = PatchedPod.snapshot("{\"spec\":{\"containers\":[{\"name\":\"web\",\"volumeMounts\":"
                    + "[{\"name\":\"sa\",\"mountPath\":\"/var/run/secrets/kubernetes.io/serviceaccount\"}]}]}}");
            return new PodSnapshot(
                    plain.name(),
                    annotations,
                    plain.phase(),
                    plain.serviceAccount(),
                    plain.hostNetwork(),
                    plain.windows(),
                    plain.shareProcessNamespace(),
                    plain.restartPolicy(),
                    plain.terminationGrace(),
                    plain.securityContext(),
                    plain.volumes(),
                    new ArrayList<>(plain.initContainers()),
                    List.copyOf(plain.containers()));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
