package io.purser.local.install;

import static io.purser.local.install.Manifests.label;
import static io.purser.local.install.Manifests.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelmChartTest {
    private static final List<String> HELM_LABELS = List.of(
            "helm.sh/chart", "app.kubernetes.io/instance", "app.kubernetes.io/managed-by", "app.kubernetes.io/version");
    private static final String COMPLETE = """
            networkPolicy: {enabled: true}
            monitoring:
              serviceMonitor: {enabled: true}
              prometheusRule: {enabled: true}
              dashboard: {enabled: true}
            """;
    private static final String EVERYTHING = COMPLETE + """
            replicas: 3
            image:
              webhook:
                digest: sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
              agent: {repository: registry.example/agent, tag: "2"}
              pullSecrets: [registry]
            store: {address: "https://vault.example:8200", namespace: team, ca: "-----BEGIN CERTIFICATE-----"}
            auth: {method: jwt, mount: auth/jwt, audience: vault}
            settings:
              volume-size: 16Mi
              sidecar: classic
              run-as-same-user: true
              run-as-group: 1000650000
              lease-renewal-threshold: 0.9
            logFormat: text
            openshift: true
            admission:
              failurePolicy: Ignore
              timeoutSeconds: 9
              excludedNamespaces: [argo]
              namespaceSelector:
                matchLabels: {team: a}
                matchExpressions: [{key: env, operator: In, values: [prod]}]
              objectSelector: {matchLabels: {app: b}}
              matchConditions: [{name: not-root, expression: "object.metadata.name != 'root'"}]
              policies: [{name: opted-in, namespaceSelector: {matchLabels: {purser: all}}, failurePolicy: Fail}]
            policy:
              version: 1
              policies:
                opted-in: {annotations: {purser.io/inject: "true"}}
            certificates:
              own: {caValidity: 30d, caRenewBefore: 10d, leafValidity: 1d, settle: 90s}
            podDisruptionBudget: {minAvailable: 2}
            topologySpreadConstraints: [{maxSkew: 2, topologyKey: rack, whenUnsatisfiable: DoNotSchedule}]
            affinity: {nodeAffinity: {}}
            nodeSelector: {disk: ssd}
            tolerations: [{key: dedicated, operator: Exists}]
            priorityClassName: system-cluster-critical
            terminationGracePeriodSeconds: 60
            podLabels: {a: b}
            podAnnotations: {c: d}
            commonLabels: {cost: shared}
            serviceAccount: {annotations: {e: f}}
            """;

    @Test
    void lintFindsNothing() {
        LintResult result = new Helm(HelmChart.FOLDER).lint().strict().call();

        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
    }

    @Test
    void theDefaultsAreWhatKustomizeInstalls() throws Exception {
        assertSame("{}", ".");
    }

    @Test
    void everythingIsWhatTheCompleteOverlayInstalls() throws Exception {
        assertThat(comparable(HelmChart.render(COMPLETE))).isEqualTo(comparable(Kustomize.render("overlays/complete")));
    }

    @Test
    void certManagerModeIsWhatItsOverlayInstalls() throws Exception {
        assertSame("certificates: {mode: cert-manager}", "overlays/cert-manager");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                EVERYTHING,
                "certificates: {mode: given, given: {secretName: mine, caBundle: PEM}}",
                "{certificates: {mode: cert-manager}, networkPolicy: {enabled: true}}"
            })
    void everyObjectIsValid(String values) throws Exception {
        for (JsonNode object : HelmChart.render(values).objects()) {
            if (KubernetesModel.knows(object)) {
                assertThat(KubernetesModel.faults(object)).as(label(object)).isEmpty();
            } else {
                assertThat(object.path("apiVersion").asText())
                        .as("a kind of someone else's")
                        .containsAnyOf("cert-manager.io/", "monitoring.coreos.com/");
            }
        }
    }

    @Test
    void everyValueIsUsed() throws Exception {
        Manifests all = HelmChart.render(EVERYTHING);
        String deployment = all.only("Deployment").toString();
        JsonNode webhook = all.only("MutatingWebhookConfiguration").at("/webhooks/1");
        JsonNode settings = configMap(all, "purser-webhook");

        assertThat(deployment)
                .contains("\"replicas\":3", "purser-webhook@sha256:aaaa", "--ca-validity=30d", "--settle=90s")
                .contains("\"topologyKey\":\"rack\"", "\"disk\":\"ssd\"", "\"key\":\"dedicated\"", "\"c\":\"d\"")
                .contains("system-cluster-critical", "\"terminationGracePeriodSeconds\":60", "\"cost\":\"shared\"");
        assertThat(webhook.path("failurePolicy").asText()).isEqualTo("Ignore");
        assertThat(webhook.path("timeoutSeconds").asInt()).isEqualTo(9);
        assertThat(texts(webhook.at("/namespaceSelector/matchExpressions/0/values")))
                .contains("kube-system", "purser", "argo");
        assertThat(webhook.at("/namespaceSelector/matchExpressions/1/key").asText())
                .isEqualTo("env");
        assertThat(webhook.at("/namespaceSelector/matchLabels/team").asText()).isEqualTo("a");
        assertThat(webhook.at("/objectSelector/matchLabels/app").asText()).isEqualTo("b");
        assertThat(webhook.at("/matchConditions/1/name").asText()).isEqualTo("not-root");
        assertThat(settings.toString())
                .contains("registry.example/agent:2", "https://vault.example:8200", "auth/jwt", "\"platform\"")
                .contains("\"PURSER_VOLUME_SIZE\":\"16Mi\"", "\"PURSER_RUN_AS_SAME_USER\":\"true\"")
                .contains("\"PURSER_RUN_AS_GROUP\":\"1000650000\"", "\"PURSER_LEASE_RENEWAL_THRESHOLD\":\"0.9\"");
        assertThat(all.only("ServiceAccount").at("/imagePullSecrets/0/name").asText())
                .isEqualTo("registry");
        assertThat(all.only("PodDisruptionBudget").at("/spec/minAvailable").asInt())
                .isEqualTo(2);
        JsonNode optedIn = all.only("MutatingWebhookConfiguration").at("/webhooks/0");
        assertThat(optedIn.at("/clientConfig/service/path").asText()).isEqualTo("/mutate/opted-in");
        assertThat(optedIn.has("matchConditions")).isFalse();
        assertThat(texts(optedIn.at("/namespaceSelector/matchExpressions/0/values")))
                .contains("kube-system", "purser", "argo");
        assertThat(optedIn.at("/namespaceSelector/matchLabels/purser").asText()).isEqualTo("all");
        assertThat(configMap(all, "purser-policy").path("policy.yaml").asText())
                .contains("opted-in:", "purser.io/inject: \"true\"");
        assertThat(deployment).contains("--policy-file=/etc/purser/policy/policy.yaml", "\"name\":\"purser-policy\"");
    }

    @Test
    void givenCertificatesNeedNoRight() throws Exception {
        Manifests given = HelmChart.render("certificates: {mode: given, given: {secretName: mine, caBundle: the PEM}}");

        assertThat(given.all("Role")).isEmpty();
        assertThat(given.all("ClusterRole")).isEmpty();
        assertThat(given.podTemplate().toString()).doesNotContain("serviceAccountToken", "purser-certs");
        assertThat(given.podTemplate().at("/spec/volumes/0/secret/secretName").asText())
                .isEqualTo("mine");
        assertThat(given.only("MutatingWebhookConfiguration")
                        .at("/webhooks/0/clientConfig/caBundle")
                        .asText())
                .isEqualTo("dGhlIFBFTQ==");
    }

    private static JsonNode configMap(Manifests manifests, String name) {
        return manifests.all("ConfigMap").stream()
                .filter(map -> Manifests.name(map).equals(name))
                .findFirst()
                .orElseThrow()
                .path("data");
    }

    private static void assertSame(String values, String overlay) throws Exception {
        Map<String, JsonNode> chart = comparable(HelmChart.render(values));
        Map<String, JsonNode> kustomize = comparable(Kustomize.render(overlay));
        assertThat(chart.keySet()).isEqualTo(kustomize.keySet());
        kustomize.forEach((name, object) -> assertThat(chart.get(name)).as(name).isEqualTo(object));
    }

    /** The objects by kind and name, without what only Helm or only kustomize adds. */
    private static Map<String, JsonNode> comparable(Manifests manifests) {
        Map<String, JsonNode> objects = new TreeMap<>();
        for (JsonNode object : manifests.objects()) {
            if (object.path("kind").asText().equals("Namespace")) {
                continue; // helm install --create-namespace
            }
            ObjectNode copy = object.deepCopy();
            removeHelmLabels(copy.at("/metadata/labels"));
            removeHelmLabels(copy.at("/spec/template/metadata/labels"));
            if (copy.at("/spec/template/metadata") instanceof ObjectNode template) {
                template.remove("annotations"); // only the checksum that rolls the pods; kustomize has a name's hash
            }
            if (copy.at("/spec/template/spec/containers/0/envFrom/0/configMapRef") instanceof ObjectNode reference) {
                reference.put("name", "purser-webhook");
            }
            String name = label(copy).replaceFirst("(ConfigMap/purser-webhook)-[a-z0-9]{10}", "$1");
            ((ObjectNode) copy.path("metadata")).put("name", name.substring(name.indexOf('/') + 1));
            objects.put(name, copy);
        }
        return objects;
    }

    private static void removeHelmLabels(JsonNode labels) {
        if (labels instanceof ObjectNode fields) {
            fields.remove(HELM_LABELS);
        }
    }
}
