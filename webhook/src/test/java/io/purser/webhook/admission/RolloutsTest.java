package io.purser.webhook.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import io.purser.webhook.admission.Rollouts.Planned;
import io.purser.webhook.patch.JsonPatch;
import io.purser.webhook.plan.Admission;
import io.purser.webhook.plan.Decision;
import io.purser.webhook.plan.Planner;
import io.purser.webhook.pod.JsonTree;
import io.purser.webhook.pod.PodReader;
import io.purser.webhook.pod.PodSnapshot;
import io.purser.webhook.policy.PolicySet;
import io.purser.webhook.policy.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A pod of a ReplicaSet gets what it would get alone, and the fourth is not planned any more. */
class RolloutsTest {

    private static final Path PODS = Path.of("src/test/resources/io/purser/webhook/plan/golden");
    private static final String TOKEN_VOLUME = "kube-api-access-[a-z0-9]{5}";

    private static final String POD = """
            {"metadata": {"generateName": "web-", "annotations": {"vault.hashicorp.com/agent-inject": "true", "vault.hashicorp.com/role": "web",
             "vault.hashicorp.com/agent-inject-secret-db": "secret/data/db"%s}}, "spec": {"serviceAccountName": "web", "containers": [{"name": "app",
             "volumeMounts": [{"name": "kube-api-access-x2x4z", "mountPath": "/var/run/secrets/kubernetes.io/serviceaccount", "readOnly": true}]}],
             "volumes": [{"name": "kube-api-access-x2x4z", "projected": {"sources": [{"serviceAccountToken": {"path": "token"}}]}}]}}""";

    private final Rollouts rollouts = new Rollouts();
    private final AtomicInteger plans = new AtomicInteger();

    static Stream<Path> pods() throws IOException {
        try (Stream<Path> folders = Files.list(PODS)) {
            return folders.map(folder -> folder.resolve("input.yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pods")
    void twinsGetWhatEachWouldGetAlone(Path file) throws Exception {
        Map<?, ?> pod = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        String review = """
                {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {"uid": "u", "operation": "CREATE",
                 "namespace": "shop", "object": %s}}""".formatted(JsonTree.text(pod));
        Reviewer reviewer = new Reviewer(Settings.defaults());
        for (int i = 0; i < 6; i++) {
            byte[] twin =
                    review.replaceAll(TOKEN_VOLUME, "kube-api-access-tw1n" + i).getBytes(UTF_8);
            assertThat(reviewer.review(twin, twin.length, null).json())
                    .asString(UTF_8)
                    .isEqualTo(new String(
                            new Reviewer(Settings.defaults())
                                    .review(twin, twin.length, null)
                                    .json(),
                            UTF_8));
        }
    }

    @Test
    void aReplicaSetIsPlannedThreeTimes() throws IOException {
        for (int i = 0; i < 9; i++) {
            assertThat(patch(pod("", "aaaa" + i)))
                    .contains("\"name\":\"kube-api-access-aaaa" + i)
                    .doesNotContain("kube-api-access-aaaa" + (i + 1));
        }
        assertThat(plans).hasValue(3);
    }

    @Test
    void anotherNamespaceIsPlannedAnew() throws IOException {
        for (int i = 0; i < 5; i++) {
            patch(pod("", "aaaa" + i));
        }
        planned(pod("", "aaaaa"), Admission.create("other"));
        assertThat(plans).hasValue(4);
    }

    /** The planner could tell such pods apart, so they are never taken for twins of others. */
    @Test
    void aPodWhoseAnnotationsNameItsVolumeIsAlwaysPlanned() throws IOException {
        String annotation = ", \"example.com/volume\": \"kube-api-access-x2x4z\"";
        for (int i = 0; i < 6; i++) {
            patch(pod(annotation, "aaaa" + i));
        }
        assertThat(plans).hasValue(6);
    }

    @Test
    void manyReplicaSetsDoNotDriveEachOtherOut() throws IOException {
        int replicaSets = 600;
        for (int round = 0; round < 5; round++) {
            for (int set = 0; set < replicaSets; set++) {
                patch(pod(", \"example.com/set\": \"" + set + "\"", "aaaa" + round));
            }
        }
        int before = plans.get();
        for (int set = 0; set < replicaSets; set++) {
            patch(pod(", \"example.com/set\": \"" + set + "\"", "bbbbb"));
        }
        assertThat(plans.get() - before).isLessThan(replicaSets - 60);
    }

    private static PodSnapshot pod(String annotation, String volume) throws IOException {
        String pod = POD.formatted(annotation).replace("x2x4z", volume);
        try (JsonParser parser = PodReader.JSON.createParser(pod)) {
            parser.nextToken();
            return PodReader.read(parser);
        }
    }

    private String patch(PodSnapshot pod) {
        byte[] patch = planned(pod, Admission.create("shop")).patch();
        assertThat(patch).isNotNull();
        return new String(patch, UTF_8);
    }

    private Planned planned(PodSnapshot pod, Admission admission) {
        return rollouts.planned(pod, admission, () -> {
            plans.incrementAndGet();
            Decision decision = Planner.decide(pod, admission, PolicySet.of(Settings.defaults()));
            return new Planned(decision, JsonPatch.of(((Decision.Inject) decision).plan(), pod));
        });
    }
}
