package io.purser.webhook.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.purser.webhook.policy.Settings;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReviewerTest {

    private static final String REVIEW = """
            {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {"uid": "u-1", "operation": "%s",
             "namespace": "shop", "kind": {"group": "", "version": "v1", "kind": "Pod"}, "object": %s}}""";

    private static final String POD = """
            {"metadata": {"name": "web", "annotations": {%s}}, "spec": {"containers": [{"name": "app"}]}}""";

    @Test
    void injectsWithAPatchInBase64AndTellsTheAudit() throws Exception {
        String answer = review("CREATE", POD.formatted("""
                "purser.io/inject": "true", "purser.io/role": "web", "purser.io/secret-db": "secret/data/db"
                """));
        assertThat(answer)
                .contains("\"allowed\":true")
                .contains("\"patchType\":\"JSONPatch\"")
                .contains("\"auditAnnotations\":{\"reason\":\"injected\",\"shape\":\"native\","
                        + "\"files\":\"/purser/secrets/db\",\"secrets\":\"secret/data/db\"}");
        Matcher patch = Pattern.compile("\"patch\":\"([^\"]+)\"").matcher(answer);
        assertThat(patch.find()).isTrue();
        assertThat(new String(Base64.getDecoder().decode(patch.group(1)), UTF_8))
                .startsWith("[{\"op\":\"add\",\"path\":\"/")
                .contains("purser-agent");
    }

    @Test
    void refusesWithEveryViolationAndWarnsOfUnknownNames() throws Exception {
        String answer = review("CREATE", POD.formatted("""
                "purser.io/inject": "true", "purser.io/secret-db": "secret/data/db", "purser.io/mode-db": "9",
                "purser.io/rol": "web"
                """));
        assertThat(answer)
                .contains("\"allowed\":false")
                .contains("\"code\":422")
                .contains("\"reason\":\"Invalid\"")
                .contains("\\n- purser.io/mode-db: ")
                .contains("\\n- purser.io/role: ")
                .contains("\"warnings\":[\"annotation purser.io/rol is not known")
                .doesNotContain("\"patch\"");
    }

    @Test
    void admitsADeletionAndRefusesACreationWithoutAnObject() throws Exception {
        assertThat(review("DELETE", "null")).contains("\"allowed\":true").contains("\"reason\":\"no-object\"");
        assertThat(review("CREATE", "null")).contains("\"allowed\":false").contains("the request has no object");
    }

    @Test
    void aReviewThatDoesNotSayItsTypeIsOneOfV1() throws Exception {
        byte[] body = "{\"request\": {\"uid\": \"u-2\", \"operation\": \"DELETE\"}}".getBytes(UTF_8);
        String answer = new String(
                new Reviewer(Settings.defaults())
                        .review(body, body.length, null)
                        .json(),
                UTF_8);
        assertThat(answer).startsWith("{\"apiVersion\":\"admission.k8s.io/v1\"").contains("\"uid\":\"u-2\"");
    }

    @Test
    void readsOnBehindAnObjectThatIsNoPod() throws Exception {
        String answer = review("CREATE", "{\"spec\": {\"containers\": [{\"name\": [1, {\"a\": 2}]}], \"x\": [[]]}}");
        assertThat(answer)
                .contains("\"uid\":\"u-1\"")
                .contains("\"allowed\":false")
                .contains("/containers/0/name");
    }

    @Test
    void warningsStayWithinTheBoundsOfTheApiServer() {
        List<String> bounded = Warnings.bounded(Collections.nCopies(40, "a\nb" + "é".repeat(400)));
        assertThat(bounded)
                .allSatisfy(warning ->
                        assertThat(warning).hasSizeLessThanOrEqualTo(256).doesNotContain("\n"));
        assertThat(bounded.stream().mapToInt(String::length).sum()).isLessThanOrEqualTo(4096);
        assertThat(bounded.get(bounded.size() - 1)).startsWith("25 more warnings");
        assertThat(Warnings.bounded(List.of("one"))).containsExactly("one");
        assertThat(Warnings.cut("ab\ud83d\ude00cd", 4)).isEqualTo("ab…");
    }

    private static String review(String operation, String object) throws Exception {
        byte[] body = REVIEW.formatted(operation, object).getBytes(UTF_8);
        return new String(
                new Reviewer(Settings.defaults())
                        .review(body, body.length, null)
                        .json(),
                UTF_8);
    }
}
