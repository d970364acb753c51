package io.purser.webhook.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.purser.webhook.plan.Decision;
import io.purser.webhook.policy.Settings;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever arrives as a body gets a clear answer, and soon. */
class ReviewerFuzzTest {

    private static final Reviewer REVIEWER = new Reviewer(Settings.defaults());
    private static final int MUTANTS = 200;
    private static final String SPLICES = "{}[]\",:\\0-9eE.tfn/~\u0000\u00ff ";

    @FuzzTest
    void anyBodyIsAnswered(byte[] body) {
        check(body);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void mutantsOfReviewsAreAnswered(String seed) {
        Random random = new Random(seed.hashCode());
        byte[] original = seed.getBytes(UTF_8);
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = original.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                mutant[random.nextInt(mutant.length)] = (byte) SPLICES.charAt(random.nextInt(SPLICES.length()));
            }
            check(random.nextInt(8) == 0 ? java.util.Arrays.copyOf(mutant, random.nextInt(mutant.length)) : mutant);
        }
    }

    static List<String> seeds() {
        String pod = """
                {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u-1","operation":"CREATE",\
                "namespace":"shop","kind":{"group":"","version":"v1","kind":"Pod"},"object":{"metadata":{"name":"web","annotations":{%s}},\
                "spec":{"containers":[{"name":"app","env":[{"name":"A","value":"1"}],"resources":{"limits":{"memory":"1Gi"}},\
                "volumeMounts":[{"name":"t","mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}]}],\
                "volumes":[{"name":"t","projected":{"sources":[{"serviceAccountToken":{"path":"token"}}]}}]}},"dryRun":true}}""";
        return List.of(
                pod.formatted(""),
                pod.formatted(
                        "\"purser.io/inject\":\"true\",\"purser.io/role\":\"web\",\"purser.io/secret-db\":\"secret/data/db\","
                                + "\"purser.io/mode-db\":\"0640\",\"purser.io/notify-db\":\"signal:HUP:nginx\""),
                pod.formatted("\"vault.hashicorp.com/agent-inject\":\"true\",\"vault.hashicorp.com/role\":\"web\","
                        + "\"vault.hashicorp.com/agent-inject-secret-db\":\"secret/data/db\","
                        + "\"vault.hashicorp.com/agent-inject-template-db\":\"{{ with secret \\\"a\\\" }}{{ .Data.x }}{{ end }}\","
                        + "\"vault.hashicorp.com/agent-limits-mem\":\"128Mi\""));
    }

    private static void check(byte[] body) {
        Answer answer;
        try {
            answer = REVIEWER.review(body, body.length, null);
        } catch (MalformedReviewException e) {
            assertThat(e.getMessage()).isNotBlank().endsWith(".");
            return;
        }
        String json = new String(answer.json(), UTF_8);
        assertThat(json)
                .startsWith("{\"apiVersion\":\"admission.k8s.io/v1")
                .contains("\"allowed\":" + !(answer.decision() instanceof Decision.Reject));
        if (answer.decision() instanceof Decision.Reject reject) {
            assertThat(reject.violations()).isNotEmpty();
            assertThat(json).contains("\"code\":422");
        }
    }
}
