package io.purser.webhook.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.purser.webhook.pod.JsonTree;
import io.purser.webhook.pod.PodSnapshot;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.Domain;
import io.purser.webhook.policy.PolicyReader;
import io.purser.webhook.policy.PolicySet;
import io.purser.webhook.policy.Settings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;

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

    /** Values are made up, or from among those that mean something somewhere. */
    @FuzzTest(maxDuration = "30m")
    void anyAnnotations(FuzzedDataProvider random) throws IOException {
        Map<String, Object> annotations = new LinkedHashMap<>();
        Domain domain = random.pickValue(Domain.values());
        annotations.put(Annotation.INJECT.display(domain), "true");
        annotations.put(Annotation.ROLE.display(domain), "web");
        annotations.put(Annotation.SECRET.display(domain).replace("NAME", "db"), "kv/data/web");
        for (int i = random.consumeInt(0, 6); i > 0; i--) {
            Annotation annotation = random.pickValue(Annotation.values());
            Domain other = random.pickValue(Domain.values());
            if (annotation.nameIn(other) != null && annotation != Annotation.STATUS) {
                String parameter = random.consumeBoolean() ? "db" : random.consumeString(4);
                String name = annotation
                        .display(other)
                        .replaceFirst("(NAME|VAR|PARAM)$", Matcher.quoteReplacement(parameter));
                annotations.put(
                        name,
                        random.consumeBoolean()
                                ? random.pickValue(PlannerPropertiesTest.VALUES)
                                : random.consumeString(200));
            }
        }
        check(JsonTree.text(Tree.of(
                "metadata",
                Tree.of("annotations", annotations),
                "spec",
                JsonTree.read("{\"containers\":[{\"name\":\"web\",\"volumeMounts\":"
                        + "[{\"name\":\"sa\",\"mountPath\":\"/var/run/secrets/kubernetes.io/serviceaccount\"}]}]}"))));
    }

    private static void check(String json) throws IOException {
        PatchedPod pod = PatchedPod.of(json, Admission.create("shop"), POLICIES);
        if (pod.decision() instanceof Decision.Inject) {
            InjectionProperties.assertHold(pod, json);
            InjectionProperties.isAPod(pod, json);
            PatchedPod again = PatchedPod.of(JsonTree.text(pod.after()), Admission.create("shop"), POLICIES);
            assertThat(again.decision()).as(json).isInstanceOf(Decision.Skip.class);
        } else {
            assertThat(pod.decision().reason().sentence()).isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "30m")
    void anyPolicy(FuzzedDataProvider random) {
        String yaml = random.consumeRemainingAsString();
        assertThat(PolicyReader.read(yaml, Map.of()).policies().get(null)).isNotNull();
    }
}
