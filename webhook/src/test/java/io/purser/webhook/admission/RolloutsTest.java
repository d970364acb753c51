package io.purser.webhook.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.purser.webhook.plan.Decision;
import io.purser.webhook.plan.Reason;
import io.purser.webhook.pod.JsonTree;
import io.purser.webhook.policy.PolicySet;
import io.purser.webhook.policy.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A pod of a ReplicaSet gets what it would get alone, and the fourth is not planned any more, nor its review read. */
class RolloutsTest {

    private static final Path PODS = Path.of("src/test/resources/io/purser/webhook/plan/golden");
    private static final String TOKEN_VOLUME = "kube-api-access-[a-z0-9]{5}";
    private static final PolicySet POLICIES = PolicySet.of(Settings.defaults());

    private static final String REVIEW = """
            {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"0a1b-1","kind":{"group":"","version":"v1","kind":"Pod"},
            "namespace":"shop","operation":"CREATE","object":{"kind":"Pod","metadata":{"generateName":"web-","annotations":{
            "vault.hashicorp.com/agent-inject":"true","vault.hashicorp.com/role":"web","vault.hashicorp.com/agent-inject-secret-db":"secret/data/db"%s},
            "managedFields":[{"manager":"m","time":"2026-01-01T00:00:00Z"}]},"spec":{"volumes":[{"name":"kube-api-access-x2x4z","projected":
            {"sources":[{"serviceAccountToken":{"path":"token"}}]}}],"containers":[{"name":"app","volumeMounts":[{"name":"kube-api-access-x2x4z",
            "mountPath":"/var/run/secrets/kubernetes.io/serviceaccount","readOnly":true}]}],"serviceAccountName":"web"}},"dryRun":false}}""";

    private final Reviewer reviewer = new Reviewer(POLICIES);
    private int plans;

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
                {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {"uid": "u1", "operation": "CREATE",
                 "namespace": "shop", "object": %s}}""".formatted(JsonTree.text(pod));
        for (int i = 0; i < 6; i++) {
            byte[] twin = review.replaceAll(TOKEN_VOLUME, "kube-api-access-tw1n" + i)
                    .replace("\"u1\"", "\"u" + i + "\"")
                    .getBytes(UTF_8);
            assertThat(answer(reviewer, twin)).isEqualTo(answer(new Reviewer(POLICIES), twin));
        }
    }

    /** Whatever one byte of a review becomes, the answer is that of a webhook which remembers nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"vault.hashicorp.com/agent-inject\":\"false\"",
                ",\"vault.hashicorp.com/agent-limits-mem\":\"?\""
            })
    void noChangeOfAByteIsOverlooked(String annotation) {
        for (int i = 0; i < 4; i++) {
            answer(reviewer, review(annotation, "aaaa" + i));
        }
        byte[] review = review(annotation, "aaaaa");
        for (int place = 0; place < review.length; place++) {
            for (char other : new char[] {'a', 'Z', '7', '-', '"', '\\', ',', '}', ' ', '\u00e9'}) {
                byte[] changed = review.clone();
                changed[place] = (byte) other;
                assertThat(answer(reviewer, changed))
                        .as("'%s' at %d", other, place)
                        .isEqualTo(answer(new Reviewer(POLICIES), changed));
            }
        }
    }

    @Test
    void aReplicaSetIsPlannedThreeTimes() throws Exception {
        for (int i = 0; i < 9; i++) {
            Answer answer = answered(review("", "aaaa" + i), null);
            assertThat(answer.uid()).isEqualTo("0a1b-" + i);
            String json = new String(answer.json(), UTF_8);
            assertThat(json).contains("\"uid\":\"0a1b-" + i + "\"");
            String patch = json.replaceAll(".*\"patch\":\"|\".*", "");
            assertThat(new String(Base64.getDecoder().decode(patch), UTF_8))
                    .contains("\"name\":\"kube-api-access-aaaa" + i)
                    .doesNotContain("kube-api-access-aaaa" + (i + 1));
        }
        assertThat(plans).isEqualTo(3);
    }

    /** Most pods of a cluster ask for nothing. */
    @Test
    void aReplicaSetThatIsLeftAloneIsReadThreeTimes() throws Exception {
        for (int i = 0; i < 9; i++) {
            answered(review(",\"vault.hashicorp.com/agent-inject\":\"false\"", "aaaa" + i), null);
        }
        assertThat(plans).isEqualTo(3);
    }

    @Test
    void theTimesOfManagedFieldsMakeNoDifference() throws Exception {
        for (int i = 0; i < 9; i++) {
            String review = new String(review("", "aaaa" + i), UTF_8);
            answered(review.replace("T00:00:00Z", "T00:00:0" + i + "Z").getBytes(UTF_8), null);
        }
        assertThat(plans).isEqualTo(3);
    }

    @Test
    void underAnotherPolicyItIsPlannedAnew() throws Exception {
        for (int i = 0; i < 5; i++) {
            answered(review("", "aaaa" + i), null);
        }
        answered(review("", "aaaaa"), "strict");
        assertThat(plans).isEqualTo(4);
    }

    /** The planner could tell such pods apart, so they are never taken for twins of others. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"example.com/volume\":\"kube-api-access-x2x4z\"",
                ",\"example.com/volume\":\"its kube-api-access-x2x4z.\"",
                ",\"example.com/volume\":\"kube\\u002dapi-access-x2x4z\"",
                ",\"kube-api-access-x2x4z\":\"\"",
                ",\"example.com/volume\":\"kube-api-access-\""
            })
    void aPodThatNamesItsVolumeElsewhereIsAlwaysPlanned(String annotation) throws Exception {
        for (int i = 0; i < 6; i++) {
            answered(review(annotation, "aaaa" + i), null);
        }
        assertThat(plans).isEqualTo(6);
    }

    /** A name that is the token's volume in one pod and another volume in the other. */
    @Test
    void aNameStandsForOneVolumeOnly() throws Exception {
        for (int i = 0; i < 6; i++) {
            String review = new String(review("", "aaaa" + i), UTF_8);
            String mount = "\"volumeMounts\":[";
            answered(
                    review.replace(mount, mount + "{\"name\":\"kube-api-access-aaaaa\",\"mountPath\":\"/a\"},")
                            .getBytes(UTF_8),
                    null);
        }
        assertThat(plans).isEqualTo(6);
    }

    /** No decision tells the name today; one that did would have to be made for each pod. */
    @Test
    void whatTellsTheVolumesNameIsNotTakenForATwins() {
        Rollouts rollouts = new Rollouts();
        for (int i = 0; i < 6; i++) {
            byte[] body = review("", "aaaa" + i);
            String told = "the volume is kube-api-access-aaaa" + i;
            Decision decision = new Decision.Skip(new Reason("word", told), List.of());
            Answer logged = new Answer("{\"uid\":\"0a1b-0\"}".getBytes(UTF_8), "0a1b-0", "", "", decision, false);
            assertThat(rollouts.answer(body, body.length, null)).isNull();
            rollouts.learn(body, body.length, null, logged, new byte[0], 1);

            byte[] other = review(",\"a\":\"\"", "aaaa" + i);
            decision = new Decision.Skip(new Reason("word", "told"), List.of());
            byte[] json =
                    "{\"uid\":\"0a1b-0\",\"warnings\":[\"%s\"]}".formatted(told).getBytes(UTF_8);
            assertThat(rollouts.answer(other, other.length, null)).isNull();
            rollouts.learn(
                    other, other.length, null, new Answer(json, "0a1b-0", "", "", decision, false), new byte[0], 2);
        }
    }

    @Test
    void manyReplicaSetsDoNotDriveEachOtherOut() throws Exception {
        int replicaSets = 600;
        for (int round = 0; round < 5; round++) {
            for (int set = 0; set < replicaSets; set++) {
                answered(review(",\"example.com/set\":\"" + set + "\"", "aaaa" + round), null);
            }
        }
        int before = plans;
        for (int set = 0; set < replicaSets; set++) {
            answered(review(",\"example.com/set\":\"" + set + "\"", "bbbbb"), null);
        }
        assertThat(plans - before).isLessThan(replicaSets - 60);
    }

    /** 200 KB each: not all of them fit, and those that do are as many as eight MiB hold. */
    @Test
    void largePodsAreRememberedAsFarAsTheyFit() throws Exception {
        String large = "x".repeat(200_000);
        int replicaSets = 80;
        for (int round = 0; round < 5; round++) {
            for (int set = 0; set < replicaSets; set++) {
                answered(review(",\"example.com/set\":\"" + set + large + "\"", "aaaa" + round), null);
            }
        }
        int before = plans;
        for (int set = 0; set < replicaSets; set++) {
            answered(review(",\"example.com/set\":\"" + set + large + "\"", "bbbbb"), null);
        }
        assertThat(replicaSets - (plans - before)).isBetween(20, (8 << 20) / 200_000);
    }

    /** The review of a pod whose volume's name ends so; its UID ends in the same letter. */
    private static byte[] review(String annotation, String volume) {
        return REVIEW.formatted(annotation)
                .replace("x2x4z", volume)
                .replace("0a1b-1", "0a1b-" + volume.charAt(4))
                .getBytes(UTF_8);
    }

    private static String answer(Reviewer reviewer, byte[] review) {
        try {
            return new String(reviewer.review(review, review.length, null).json(), UTF_8);
        } catch (MalformedReviewException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private Answer answered(byte[] body, @Nullable String policy) throws MalformedReviewException {
        Answer answer = reviewer.review(body, body.length, policy);
        plans += answer.remembered() ? 0 : 1;
        return answer;
    }
}
