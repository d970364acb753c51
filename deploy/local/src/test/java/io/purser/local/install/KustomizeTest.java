package io.purser.local.install;

import static io.purser.local.install.Manifests.label;
import static io.purser.local.install.Manifests.name;
import static io.purser.local.install.Manifests.stream;
import static io.purser.local.install.Manifests.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.purser.certs.cli.CertsCommand;
import io.purser.webhook.cli.Serve;
import io.purser.webhook.http.HostPort;
import io.purser.webhook.policy.Settings;
import io.purser.webhook.policy.SettingsReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

class KustomizeTest {
    private static final String DEFAULT = ".";
    private static final String CERT_MANAGER = "overlays/cert-manager";

    @ParameterizedTest
    @ValueSource(strings = {DEFAULT, "base", CERT_MANAGER, "overlays/complete"})
    void everyObjectIsValid(String folder) throws Exception {
        Manifests manifests = Kustomize.render(folder);

        for (JsonNode object : manifests.objects()) {
            String group = object.path("apiVersion").asText().replaceFirst("/.*", "");
            if (!List.of("cert-manager.io", "monitoring.coreos.com").contains(group)) {
                assertThat(KubernetesModel.faults(object)).as(label(object)).isEmpty();
            }
        }
        assertThat(manifests.objects()).hasSizeGreaterThan(6);
    }

    @Test
    void aPlantedTypoIsSeenAnywhereInAnyObject() throws Exception {
        int planted = 0;
        for (JsonNode object : Kustomize.render(DEFAULT).objects()) {
            for (String path : fieldPaths(object)) {
                JsonNode spoilt = object.deepCopy();
                misspell(spoilt, path);
                assertThat(KubernetesModel.faults(spoilt))
                        .as(label(object) + " with a typo in " + path)
                        .isNotEmpty();
                planted++;
            }
        }
        assertThat(planted).isGreaterThan(150);
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFAULT, CERT_MANAGER})
    void theWebhookIsFoundWhereTheConfigurationSays(String folder) throws Exception {
        Manifests manifests = Kustomize.render(folder);
        JsonNode webhook = manifests.only("MutatingWebhookConfiguration").at("/webhooks/0");
        JsonNode service = manifests.only("Service");
        JsonNode to = webhook.at("/clientConfig/service");

        assertThat(to.path("name").asText()).isEqualTo(name(service));
        assertThat(to.path("namespace").asText())
                .isEqualTo(service.at("/metadata/namespace").asText());
        assertThat(to.path("path").asText()).isEqualTo("/mutate");
        JsonNode port = stream(service.at("/spec/ports"))
                .filter(candidate -> candidate.path("port").equals(to.path("port")))
                .findFirst()
                .orElseThrow();
        assertThat(containerPort(manifests.container("webhook"), port.path("targetPort")))
                .isEqualTo(8443);
        assertThat(texts(manifests.container("webhook").path("args"))).contains("serve", "--listen=0.0.0.0:8443");
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFAULT, CERT_MANAGER})
    void everyCommandLineIsUnderstood(String folder) throws Exception {
        Manifests manifests = Kustomize.render(folder);
        List<String> serve = texts(manifests.container("webhook").path("args"));

        ParseResult parsed = new CommandLine(Serve.command())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(serve.subList(1, serve.size()).toArray(String[]::new));

        assertThat(serve.get(0)).isEqualTo(parsed.commandSpec().name());
        assertThat(parsed.matchedOptionValue("--health-listen", new HostPort("", 0)))
                .isEqualTo(new HostPort("0.0.0.0", 8080));
        if (folder.equals(DEFAULT)) {
            JsonNode certs = manifests.container("certs");
            assertThat(texts(certs.path("command")))
                    .containsExactly("/opt/purser/runtime/bin/java", "@/opt/purser/certs.args");
            ParseResult run = new CommandLine(new CertsCommand())
                    .parseArgs(texts(certs.path("args")).toArray(String[]::new));
            assertThat(run.subcommand().commandSpec().name()).isEqualTo("run");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFAULT, CERT_MANAGER})
    void everySettingIsUnderstood(String folder) throws Exception {
        Map<String, String> environment = new TreeMap<>();
        for (Map.Entry<String, JsonNode> setting :
                Kustomize.render(folder).only("ConfigMap").path("data").properties()) {
            environment.put(setting.getKey(), setting.getValue().asText());
        }
        Settings settings =
                SettingsReader.read(SettingsReader.fromEnvironment(environment)).settings();

        assertThat(settings.images().agent()).isEqualTo(environment.get("PURSER_AGENT_IMAGE"));
        assertThat(settings.store().address()).isEqualTo(environment.get("PURSER_STORE_ADDRESS"));
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFAULT, CERT_MANAGER})
    void everySelectorSelectsThePods(String folder) throws Exception {
        Manifests manifests = Kustomize.render(folder);
        JsonNode labels = manifests.podTemplate().at("/metadata/labels");
        JsonNode spec = manifests.podTemplate().path("spec");

        List<JsonNode> selectors = new ArrayList<>();
        selectors.add(manifests.only("Service").at("/spec/selector"));
        selectors.add(manifests.only("Deployment").at("/spec/selector/matchLabels"));
        selectors.add(manifests.only("PodDisruptionBudget").at("/spec/selector/matchLabels"));
        stream(spec.path("topologySpreadConstraints"))
                .forEach(spread -> selectors.add(spread.at("/labelSelector/matchLabels")));

        assertThat(selectors).hasSize(5).allSatisfy(selector -> {
            assertThat(selector.size()).isPositive();
            for (Map.Entry<String, JsonNode> label : selector.properties()) {
                assertThat(labels.path(label.getKey())).isEqualTo(label.getValue());
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFAULT, CERT_MANAGER})
    void everyNameThatThePodUsesIsThere(String folder) throws Exception {
        Manifests manifests = Kustomize.render(folder);
        JsonNode spec = manifests.podTemplate().path("spec");

        assertThat(spec.path("serviceAccountName").asText()).isEqualTo(name(manifests.only("ServiceAccount")));
        assertThat(manifests
                        .container("webhook")
                        .at("/envFrom/0/configMapRef/name")
                        .asText())
                .isEqualTo(name(manifests.only("ConfigMap")));
        List<String> volumes = stream(spec.path("volumes"))
                .map(volume -> volume.path("name").asText())
                .toList();
        for (JsonNode container : spec.path("containers")) {
            assertThat(stream(container.path("volumeMounts"))
                            .map(mount -> mount.path("name").asText()))
                    .isNotEmpty()
                    .isSubsetOf(volumes);
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                if (container.has(probe)) {
                    assertThat(containerPort(container, container.path(probe).at("/httpGet/port")))
                            .isBetween(8080, 8081);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFAULT, CERT_MANAGER})
    void everyNamespacedObjectIsInTheNamespaceThatIsMade(String folder) throws Exception {
        Manifests manifests = Kustomize.render(folder);
        List<String> clusterWide =
                List.of("Namespace", "ClusterRole", "ClusterRoleBinding", "MutatingWebhookConfiguration");

        for (JsonNode object : manifests.objects()) {
            assertThat(object.at("/metadata/namespace").asText())
                    .as(label(object))
                    .isEqualTo(
                            clusterWide.contains(object.path("kind").asText())
                                    ? ""
                                    : name(manifests.only("Namespace")));
        }
        assertThat(texts(manifests
                        .only("MutatingWebhookConfiguration")
                        .at("/webhooks/0/namespaceSelector/matchExpressions/0/values")))
                .contains("kube-system", "kube-public", "kube-node-lease", name(manifests.only("Namespace")));
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFAULT, CERT_MANAGER})
    void onlyAnnotatedPodsDependOnTheWebhook(String folder) throws Exception {
        JsonNode webhook =
                Kustomize.render(folder).only("MutatingWebhookConfiguration").at("/webhooks/0");

        assertThat(webhook.at("/matchConditions/0/expression").asText())
                .isEqualTo("has(object.metadata.annotations) && object.metadata.annotations.exists(k,"
                        + " k.startsWith('purser.io/') || k == 'vault.hashicorp.com/agent-inject'"
                        + " || k == 'openbao.org/agent-inject')");
        assertThat(webhook.path("failurePolicy").asText()).isEqualTo("Fail");
        assertThat(webhook.path("sideEffects").asText()).isEqualTo("None");
        assertThat(webhook.path("reinvocationPolicy").asText()).isEqualTo("IfNeeded");
        assertThat(webhook.path("timeoutSeconds").asInt()).isEqualTo(5);
        assertThat(webhook.at("/clientConfig").has("caBundle")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFAULT, CERT_MANAGER})
    void podSecurityRestrictedAdmitsThePods(String folder) throws Exception {
        Manifests manifests = Kustomize.render(folder);
        JsonNode spec = manifests.podTemplate().path("spec");

        assertThat(manifests
                        .only("Namespace")
                        .at("/metadata/labels")
                        .path("pod-security.kubernetes.io/enforce")
                        .asText())
                .isEqualTo("restricted");
        assertThat(spec.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(spec.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        for (JsonNode container : spec.path("containers")) {
            JsonNode security = container.path("securityContext");
            assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(texts(security.at("/capabilities/drop"))).containsExactly("ALL");
            assertThat(container.at("/resources/limits/memory").isMissingNode()).isFalse();
        }
        assertThat(stream(spec.path("volumes")).filter(volume -> volume.has("hostPath")))
                .isEmpty();
    }

    @Test
    void onlyTheCertsContainerHoldsTheToken() throws Exception {
        Manifests manifests = Kustomize.render(DEFAULT);

        assertThat(manifests
                        .podTemplate()
                        .at("/spec/automountServiceAccountToken")
                        .asBoolean(true))
                .isFalse();
        assertThat(mounts(manifests.container("webhook"))).containsExactly("tls");
        assertThat(mounts(manifests.container("certs"))).containsExactlyInAnyOrder("tls", "api-token");
        assertThat(manifests.container("webhook").at("/volumeMounts/0/readOnly").asBoolean())
                .isTrue();
    }

    @Test
    void withCertManagerThereIsNoRightAndNoToken() throws Exception {
        Manifests manifests = Kustomize.render(CERT_MANAGER);

        for (String kind : List.of("Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding")) {
            assertThat(manifests.all(kind)).as(kind).isEmpty();
        }
        assertThat(manifests.podTemplate().toString()).doesNotContain("serviceAccountToken");
        JsonNode volume = manifests.podTemplate().at("/spec/volumes/0");
        assertThat(volume.has("emptyDir")).isFalse();
        assertThat(volume.at("/secret/secretName").asText()).isEqualTo("purser-webhook-tls");
        assertThat(manifests
                        .only("MutatingWebhookConfiguration")
                        .at("/metadata/annotations")
                        .path("cert-manager.io/inject-ca-from")
                        .asText())
                .isEqualTo("purser/purser-webhook");
    }

    @Test
    void rightsAreByNameAndGoToTheOneServiceAccount() throws Exception {
        Manifests manifests = Kustomize.render(DEFAULT);
        String account = name(manifests.only("ServiceAccount"));

        for (String kind : List.of("Role", "ClusterRole")) {
            for (JsonNode rule : manifests.only(kind).path("rules")) {
                assertThat(texts(rule.path("verbs"))).doesNotContain("*", "list", "delete");
                assertThat(rule.has("resourceNames")
                                || texts(rule.path("verbs")).equals(List.of("create")))
                        .as(rule.toString())
                        .isTrue();
            }
            JsonNode binding = manifests.only(kind + "Binding");
            assertThat(binding.at("/roleRef/name").asText()).isEqualTo(name(manifests.only(kind)));
            assertThat(binding.at("/subjects/0/name").asText()).isEqualTo(account);
            assertThat(binding.path("subjects")).hasSize(1);
        }
        assertThat(texts(manifests.only("ClusterRole").at("/rules/0/resourceNames")))
                .containsExactly(name(manifests.only("MutatingWebhookConfiguration")));
    }

    private static List<String> mounts(JsonNode container) {
        return stream(container.path("volumeMounts"))
                .map(mount -> mount.path("name").asText())
                .toList();
    }

    private static int containerPort(JsonNode container, JsonNode portName) {
        return stream(container.path("ports"))
                .filter(port -> port.path("name").equals(portName))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no port " + portName))
                .path("containerPort")
                .asInt();
    }

    /** JSON pointers to the fields that the model fixes: not to the keys of a map such as labels. */
    private static List<String> fieldPaths(JsonNode object) {
        List<String> paths = new ArrayList<>();
        collect("", object, paths);
        return paths;
    }

    private static void collect(String path, JsonNode node, List<String> paths) {
        List<String> maps = List.of("labels", "annotations", "matchLabels", "selector", "data", "limits", "requests");
        if (node instanceof ObjectNode fields) {
            for (Map.Entry<String, JsonNode> field : fields.properties()) {
                String below = path + "/" + field.getKey();
                if (!below.equals("/kind") && !below.equals("/apiVersion")) {
                    paths.add(below);
                }
                boolean labelSelector = field.getValue().has("matchLabels");
                if (labelSelector || !maps.contains(field.getKey())) {
                    collect(below, field.getValue(), paths);
                }
            }
        } else if (node instanceof ArrayNode items) {
            for (int index = 0; index < items.size(); index++) {
                collect(path + "/" + index, items.get(index), paths);
            }
        }
    }

    private static void misspell(JsonNode object, String path) {
        int last = path.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) object.at(path.substring(0, last));
        String field = path.substring(last + 1);
        parent.set(field + "x", parent.remove(field));
    }
}
