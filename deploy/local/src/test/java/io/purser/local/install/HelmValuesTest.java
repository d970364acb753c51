package io.purser.local.install;

import static io.purser.local.install.Manifests.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.purser.webhook.cli.Serve;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values with mistakes in them, and values that are easily taken for something else. */
class HelmValuesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replica: 2                                    | replica",
                "replicas: two                                 | replicas",
                "replicas: 0                                   | replicas",
                "image: {webhook: {digest: latest}}            | digest",
                "store: {address: vault.example}               | address",
                "admission: {failurePolicy: fail}              | failurePolicy",
                "admission: {timeoutSeconds: 31}               | timeoutSeconds",
                "certificates: {mode: certmanager}             | mode",
                "certificates: {own: {leafValidity: 7 days}}   | leafValidity",
                "settings: {VolumeSize: 1Mi}                   | VolumeSize",
                "networkPolicy: {apiServerPorts: []}           | apiServerPorts",
                "terminationGracePeriodSeconds: 5              | terminationGracePeriodSeconds",
                "certificates: {mode: given}                   | certificates.given.",
                "policy: {version: 2}                          | policy",
                "admission: {policies: [{name: a}]}            | namespaceSelector",
                "settings: {volumesize: 1Mi}                   | volumesize",
                "settings: {store-address: https://a}          | settings.store-address",
                "settings: {agent-image: a}                    | settings.agent-image",
                "settings: {log-format: text}                  | settings.log-format",
                "{openshift: true, settings: {run-as-user: 1}} | settings.run-as-user",
                "settings: {listen: 0.0.0.0:9443}              | settings.listen",
                "ports: {https: 443}                           | https",
                "ports: {https: 8080}                          | ports",
                "{hostNetwork: true, networkPolicy: {enabled: true}} | networkPolicy.enabled",
                "{admission: {policies: [{name: a, namespaceSelector: {}}]}, policy: {version: 1, policies: {b: {}}}} | admission.policies",
            })
    void aBadValueIsRefusedByName(String values, String named) {
        assertThatThrownBy(() -> HelmChart.render(values)).hasMessageContaining(named);
    }

    /** An annotated pod there would get the default policy's agent first, and its own policy would find it served. */
    @Test
    void aNamespacesOwnPolicyComesBeforeTheDefault() throws Exception {
        JsonNode webhooks =
                HelmChart.render("""
                        policy: {version: 1, policies: {strict: {}}}
                        admission: {policies: [{name: strict, namespaceSelector: {matchLabels: {a: b}}}]}
                        """).only("MutatingWebhookConfiguration").path("webhooks");

        assertThat(webhooks.findValuesAsText("path")).containsExactly("/mutate/strict", "/mutate");
    }

    /** A new pod cannot stand beside an old one there. */
    @Test
    void onItsNodesNetworkTheWebhookHasThePortsGivenAndNoSecondOneBesideIt() throws Exception {
        JsonNode deployment = HelmChart.render(
                        "{hostNetwork: true, ports: {https: 10250, metrics: 10251, certs: 10252}}")
                .only("Deployment")
                .path("spec");
        JsonNode pod = deployment.at("/template/spec");

        assertThat(pod.path("hostNetwork").asBoolean()).isTrue();
        assertThat(pod.path("dnsPolicy").asText()).isEqualTo("ClusterFirstWithHostNet");
        assertThat(pod.findValuesAsText("containerPort")).containsExactly("10250", "10251", "10252");
        assertThat(pod.at("/containers/0/args").toString())
                .contains("--listen=0.0.0.0:10250", "--health-listen=0.0.0.0:10251");
        assertThat(pod.at("/containers/1/args").toString()).contains("--listen=0.0.0.0:10252");
        assertThat(deployment.at("/strategy/rollingUpdate/maxSurge").asInt()).isZero();
        assertThat(deployment.at("/strategy/rollingUpdate/maxUnavailable").asInt())
                .isEqualTo(1);
    }

    @Test
    void aNamespaceWhoseNameLooksLikeANumberStaysAName() throws Exception {
        JsonNode names = HelmChart.render("admission: {excludedNamespaces: ['2024', 'on']}")
                .only("MutatingWebhookConfiguration")
                .at("/webhooks/0/namespaceSelector/matchExpressions/0/values");

        assertThat(names).allMatch(JsonNode::isTextual);
        assertThat(texts(names)).contains("2024", "on");
    }

    /** A name that the schema does not know is refused; one that {@code serve} does not know would have no effect. */
    @Test
    void theSchemaKnowsTheOptionsOfServe() throws Exception {
        JsonNode known = new ObjectMapper()
                .readTree(Files.readString(HelmChart.FOLDER.resolve("values.schema.json")))
                .at("/properties/settings/propertyNames/enum");

        assertThat(texts(known))
                .containsExactlyInAnyOrderElementsOf(Serve.command().options().stream()
                        .filter(option -> !option.usageHelp() && !option.versionHelp())
                        .map(option -> option.longestName().substring("--".length()))
                        .filter(name -> !name.equals("settings")) // a file, which nothing in the chart mounts
                        .toList());
    }

    @Test
    void settingsWithoutAValueOfTheirOwnAreTaken() throws Exception {
        assertThat(HelmChart.render("settings: {run-as-user: 1000, log-level: debug, tls-min-version: tls13}")
                        .all("ConfigMap")
                        .toString())
                .contains("\"PURSER_RUN_AS_USER\":\"1000\"", "\"PURSER_LOG_LEVEL\":\"debug\"");
    }
}
