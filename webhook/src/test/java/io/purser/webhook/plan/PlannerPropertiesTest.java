package io.purser.webhook.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.purser.webhook.pod.JsonTree;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.Domain;
import io.purser.webhook.policy.Option;
import io.purser.webhook.policy.Settings;
import io.purser.webhook.policy.SettingsReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for every pod, tried on a thousand random ones; a failure names its seed. */
class PlannerPropertiesTest {

    private static final int PODS = 1200;
    static final List<String> VALUES = List.of(
            "true",
            "false",
            "",
            "kv/data/web",
            "kv/a#b",
            "/etc/x",
            "../x",
            "0640",
            "5",
            "-1",
            "10s",
            "64Mi",
            "1",
            "0.5",
            "web",
            "web,side",
            "json",
            "env",
            "map",
            "native",
            "classic",
            "https://vault:8200",
            "signal:HUP:web",
            "http:8080/",
            "[]",
            "{}",
            "[{\"op\":\"add\",\"path\":\"/tty\",\"value\":true}]",
            "kubernetes",
            "jwt",
            "cm",
            "cm/key",
            "{{ with secret \"kv/a\" }}{{ .Data }}{{ end }}",
            "$(X)",
            "\u00e4\u0000\"\n");

    private static Settings settings() {
        Map<Option, String> options = new EnumMap<>(Option.class);
        options.put(Option.STORE_ADDRESS, "https://vault.vault.svc:8200");
        options.put(Option.CLUSTER_VERSION, "1.36");
        return SettingsReader.read(options).settings();
    }

    private static String randomPod(Random random, boolean annotated) {
        Map<String, Object> annotations = new LinkedHashMap<>();
        annotations.put("team", "a");
        if (annotated) {
            Domain domain = Domain.values()[random.nextInt(3)];
            annotations.put(Annotation.INJECT.display(domain), "true");
            annotations.put(Annotation.ROLE.display(domain), "web");
            annotations.put(Annotation.SECRET.display(domain).replace("NAME", "db"), "kv/data/web");
            int more = random.nextInt(4);
            for (int i = 0; i < more; i++) {
                Annotation annotation = Annotation.values()[random.nextInt(Annotation.values().length)];
                Domain other = Domain.values()[random.nextInt(3)];
                if (annotation.nameIn(other) != null && annotation != Annotation.STATUS) {
                    String name = annotation.display(other).replaceFirst("(NAME|VAR|PARAM)$", "db");
                    annotations.put(name, VALUES.get(random.nextInt(VALUES.size())));
                }
            }
        }
        Map<String, Object> spec = new LinkedHashMap<>();
        if (random.nextInt(4) > 0) {
            spec.put("initContainers", containers(random, "init", random.nextInt(3)));
        }
        spec.put("containers", containers(random, "web", 1 + random.nextInt(3)));
        spec.put("futureField", Map.of("keep", List.of(1L, "two")));
        if (random.nextBoolean()) {
            spec.put(
                    "volumes",
                    List.of(Map.of(
                            "name",
                            "sa",
                            "projected",
                            Map.of("sources", List.of(Map.of("serviceAccountToken", Map.of("path", "token")))))));
        }
        return JsonTree.text(Tree.of("metadata", Tree.of("annotations", annotations), "spec", spec));
    }

    private static List<Object> containers(Random random, String name, int count) {
        List<Object> containers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Object mounts = random.nextInt(3) == 0
                    ? null
                    : List.of(Map.of("name", "sa", "mountPath", "/var/run/secrets/kubernetes.io/serviceaccount"));
            containers.add(Tree.of(
                    "name",
                    i == 0 ? name : name + i,
                    "image",
                    "x",
                    "volumeMounts",
                    mounts,
                    "securityContext",
                    random.nextBoolean() ? Map.of("runAsUser", (long) random.nextInt(3)) : null,
                    "unknown",
                    random.nextInt()));
        }
        return containers;
    }

    @Test
    void aPatchAppliesAndTakesNothingAway() throws IOException {
        int injected = 0;
        for (int seed = 0; seed < PODS; seed++) {
            PatchedPod pod = PatchedPod.of(randomPod(new Random(seed), true), Admission.create("shop"), settings());
            if (pod.decision() instanceof Decision.Inject) {
                injected++;
                InjectionProperties.nothingIsTakenAway(pod, "seed " + seed);
                InjectionProperties.namesAreUnique(pod, "seed " + seed);
            }
        }
        // Were nearly every pod refused, the property would say little.
        assertThat(injected).isGreaterThan(PODS / 4);
    }

    @Test
    void theAgentTakesEveryConfiguration() throws IOException {
        int read = 0;
        for (int seed = 0; seed < PODS; seed++) {
            PatchedPod pod = PatchedPod.of(randomPod(new Random(seed), true), Admission.create("shop"), settings());
            read += InjectionProperties.theAgentTakesItsConfiguration(pod, "seed " + seed) ? 1 : 0;
        }
        assertThat(read).isGreaterThan(PODS / 4);
    }

    @Test
    void aSecondTimeAddsNothing() throws IOException {
        for (int seed = 0; seed < PODS; seed++) {
            PatchedPod pod = PatchedPod.of(randomPod(new Random(seed), true), Admission.create("shop"), settings());
            if (pod.decision() instanceof Decision.Inject) {
                PatchedPod again = PatchedPod.of(JsonTree.text(pod.after()), Admission.create("shop"), settings());
                assertThat(again.decision()).as("seed %s", seed).isInstanceOf(Decision.Skip.class);
            }
        }
    }

    @Test
    void theDecisionIsAFunctionOfThePod() throws IOException {
        for (int seed = 0; seed < PODS / 10; seed++) {
            String pod = randomPod(new Random(seed), true);
            assertThat(PatchedPod.of(pod, Admission.create("shop"), settings()).patch())
                    .as("seed %s", seed)
                    .isEqualTo(PatchedPod.of(pod, Admission.create("shop"), settings())
                            .patch());
        }
    }

    @Test
    void anUnannotatedPodGetsNoPatch() throws IOException {
        for (int seed = 0; seed < PODS / 10; seed++) {
            PatchedPod pod = PatchedPod.of(randomPod(new Random(seed), false), Admission.create("shop"), settings());
            assertThat(pod.decision()).as("seed %s", seed).isInstanceOf(Decision.Skip.class);
            assertThat(pod.decision().warnings()).isEmpty();
        }
    }
}
