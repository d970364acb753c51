package io.purser.webhook.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.purser.webhook.pod.JsonTree;
import io.purser.webhook.pod.PodFormatException;
import io.purser.webhook.policy.Settings;
import io.purser.webhook.policy.SettingsReader;
import io.purser.webhook.policy.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the planner against what vault-k8s 1.7.6 made of 130 reviews. {@code match}: the same in effect. {@code lenient}: a
 * denial, no injection or the same. {@code better}: a fault of the peer, of which each case says what is right. The cases
 * about HTTP itself are held where HTTP is.
 */
class PeerCasesTest {

    private static List<Map<?, ?>> all(String resource) throws IOException {
        try (InputStream in = PeerCasesTest.class.getResourceAsStream(resource)) {
            return Trees.objects(JsonTree.read(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        }
    }

    /** One annotation at a time, and then several together, from a campaign of random ones against the peer. */
    static Stream<Arguments> cases() throws IOException {
        return Stream.concat(all("peer-cases.json").stream(), all("peer-combinations.json").stream())
                .filter(testCase -> testCase.get("http") == null)
                .map(testCase -> Arguments.of(testCase.get("name"), testCase));
    }

    @Test
    void allCasesAreThere() throws IOException {
        assertThat(all("peer-cases.json")).hasSize(130);
        assertThat(all("peer-combinations.json")).hasSizeGreaterThan(35);
        assertThat(cases()).hasSizeGreaterThan(160);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void agrees(String name, Map<?, ?> testCase) throws IOException {
        Map<?, ?> request = object(object(testCase, "request"), "request");
        Map<?, ?> expect = object(testCase, "expect");
        SettingsReader.Result settings = settings(testCase);
        if (!settings.violations().isEmpty()) {
            // A wrong setting is refused when the webhook starts.
            assertThat(testCase.get("advice")).isEqualTo("lenient");
            return;
        }
        PatchedPod pod;
        try {
            pod = patched(request, settings.settings());
        } catch (PodFormatException e) {
            assertThat(expect.get("allowed"))
                    .as("a pod that cannot be read is denied")
                    .isEqualTo(false);
            assertThat(e).hasMessageContaining("containers");
            return;
        }
        switch (Trees.text(testCase, "advice")) {
            case "match" -> match(testCase, pod);
            case "lenient" -> {
                boolean allowed = Boolean.TRUE.equals(expect.get("allowed"));
                if (allowed && pod.decision() instanceof Decision.Inject) {
                    match(testCase, pod);
                }
            }
            case "better" -> better(testCase, pod);
            default -> throw new AssertionError("unknown advice");
        }
    }

    private static SettingsReader.Result settings(Map<?, ?> testCase) {
        Map<String, String> environment = new HashMap<>();
        object(testCase, "settings").forEach((name, value) -> environment.put((String) name, (String) value));
        return SettingsReader.read(SettingsReader.fromEnvironment(environment));
    }

    private static PatchedPod patched(Map<?, ?> request, Settings settings) throws IOException {
        Admission admission =
                new Admission(Trees.text(request, "namespace"), Trees.text(request, "operation"), "", false, null);
        return PatchedPod.of(JsonTree.text(request.get("object")), admission, settings);
    }

    private static void match(Map<?, ?> testCase, PatchedPod pod) {
        Map<?, ?> expect = object(testCase, "expect");
        if (Boolean.FALSE.equals(expect.get("allowed"))) {
            denied(testCase, pod);
            return;
        }
        assertThat(pod.decision()).as("allowed").isNotInstanceOf(Decision.Reject.class);
        assertSame(PeerProjection.of(pod), object(expect, "projection"));
    }

    private static void denied(Map<?, ?> testCase, PatchedPod pod) {
        assertThat(pod.decision()).isInstanceOf(Decision.Reject.class);
        List<Violation> violations = ((Decision.Reject) pod.decision()).violations();
        String culprit = Trees.text(testCase, "culprit");
        assertThat(violations)
                .isNotEmpty()
                .anyMatch(violation -> violation.annotation().contains(culprit));
    }

    private static void better(Map<?, ?> testCase, PatchedPod pod) {
        String advice = Trees.text(testCase, "better");
        Map<?, ?> projection = object(object(testCase, "expect"), "projection");
        if (advice.startsWith("deny")) {
            denied(testCase, pod);
        } else if (advice.startsWith("recognise it")) {
            assertThat(pod.decision()).isNotInstanceOf(Decision.Inject.class);
        } else if (advice.equals("trim")) {
            String trimmed = JsonTree.text(projection).replace("\" caching\"", "\"caching\"");
            assertSame(PeerProjection.of(pod), tree(trimmed));
        } else if (advice.equals("apply it")) {
            String applied = JsonTree.text(projection)
                    .replace("\"leaseRenewalThreshold\":null", "\"leaseRenewalThreshold\":0.5");
            assertSame(PeerProjection.of(pod), tree(applied));
        } else {
            throw new AssertionError("the advice is not understood: " + advice);
        }
    }

    private static Map<?, ?> tree(String json) {
        try {
            return (Map<?, ?>) JsonTree.read(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertSame(Map<?, ?> ours, Map<?, ?> peers) {
        assertThat(PeerEquality.differences(ours, peers)).isEmpty();
    }

    private static Map<?, ?> object(Map<?, ?> parent, String name) {
        return parent.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }
}
