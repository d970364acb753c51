package io.purser.local.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.purser.certs.authority.CertificateAuthority;
import io.purser.certs.authority.Leaf;
import io.purser.local.cluster.InvalidManifestException;
import io.purser.local.cluster.Manifests;
import io.purser.local.machine.SearchPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * HashiCorp's injector beside ours, where it is on the PATH, with {@code bao agent} under the name of Vault's. It sees the pods
 * of one label; ours leaves a pod alone that the peer has injected.
 */
final class Peer implements AutoCloseable {

    /** What its webhook and its agents run. */
    static final String IMAGE = "localhost/purser-node-peer:1";

    /** Its agent's container. */
    static final String AGENT = "vault-agent";

    /** Its agents ask for a quarter of a processor each: two processors have no room for eight. */
    static final int MOST = 5;

    private static final String NAMESPACE = "vault";

    /** Its name is before ours in the alphabet: so the API server asks it first. */
    private static final String LABEL = "peer-of-purser";

    private static final String STORE_CA = "store-ca";
    private static final int PORT = 18443;

    private final Node node;
    private final RunningPod webhook;

    /** Starts its webhook as a pod, on the host's address, so that its certificate can be for that. */
    Peer(Node node, Path folder) throws IOException {
        this.node = node;
        CertificateAuthority authority = CertificateAuthority.create("peer", Duration.ofDays(1), Instant.now());
        Leaf leaf = authority.issue(List.of(Network.HOST), Duration.ofDays(1), Instant.now());
        secret(NAMESPACE, LABEL, Map.of("tls.crt", leaf.certificateChainPem(), "tls.key", leaf.privateKeyPem()));
        Path manifest = Files.writeString(
                folder.resolve("peer.yaml"), pod(node.bao().address().toString()));
        try {
            webhook = node.run(Manifests.read(List.of(manifest)).pods().get(0), LABEL, Map.of());
        } catch (InvalidManifestException e) {
            throw new NodeException("the peer's pod cannot be read: " + e.getMessage(), e);
        }
        webhook.awaitReady();
        node.cluster().apply(configuration(authority.certificatePem()));
    }

    /** The program, if it is there. */
    static Optional<Path> program() {
        return SearchPath.find("vault-k8s");
    }

    /** Adds to a Dockerfile what makes the image; its context gets the programs. */
    static String image(Path program, Path bao, Path context) throws IOException {
        Files.copy(program, context.resolve("vault-k8s"));
        Files.copy(bao, context.resolve("vault"));
        return """
                FROM shell AS peer
                COPY --from=shell /bin/busybox /bin/base64
                COPY vault-k8s vault /bin/
                """;
    }

    /** Its webhook. */
    RunningPod webhook() {
        return webhook;
    }

    /** An example as the peer is to see it: with its label, and the store's authority in a Secret, as the peer takes it. */
    ObjectNode pod(Example example) {
        ObjectNode pod = example.pod().deepCopy();
        secret(
                pod.at("/metadata/namespace").asText(),
                STORE_CA,
                Map.of("ca.crt", node.bao().caPem()));
        ((ObjectNode) pod.at("/metadata")).withObject("/labels").put(LABEL, "true");
        ((ObjectNode) pod.at("/metadata/annotations"))
                .put("vault.hashicorp.com/tls-secret", STORE_CA)
                .put("vault.hashicorp.com/ca-cert", "/vault/tls/ca.crt");
        return pod;
    }

    private void secret(String namespace, String name, Map<String, String> texts) {
        node.cluster()
                .admin()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withStringData(texts)
                        .build())
                .serverSideApply();
    }

    private static String pod(String store) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {namespace: %1$s, name: %2$s}
                spec:
                  hostNetwork: true
                  serviceAccountName: vault
                  volumes: [{name: tls, secret: {secretName: %2$s}}]
                  containers:
                    - name: webhook
                      image: %3$s
                      command: [/bin/vault-k8s, agent-inject]
                      readinessProbe:
                        {httpGet: {path: /health/ready, port: %4$d, scheme: HTTPS}, periodSeconds: 1}
                      env:
                        - {name: AGENT_INJECT_LISTEN, value: ":%4$d"}
                        - {name: AGENT_INJECT_VAULT_ADDR, value: "%5$s"}
                        - {name: AGENT_INJECT_VAULT_IMAGE, value: %3$s}
                        - {name: AGENT_INJECT_TLS_CERT_FILE, value: /tls/tls.crt}
                        - {name: AGENT_INJECT_TLS_KEY_FILE, value: /tls/tls.key}
                      volumeMounts: [{name: tls, mountPath: /tls}]
                """.formatted(NAMESPACE, LABEL, IMAGE, PORT, store);
    }

    private static String configuration(String authority) {
        return """
                apiVersion: admissionregistration.k8s.io/v1
                kind: MutatingWebhookConfiguration
                metadata: {name: %1$s}
                webhooks:
                  - name: vault.hashicorp.com
                    clientConfig: {url: "https://%2$s:%3$d/mutate", caBundle: %4$s}
                    objectSelector: {matchLabels: {%1$s: "true"}}
                    rules: [{apiGroups: [""], apiVersions: [v1], resources: [pods], operations: [CREATE]}]
                    admissionReviewVersions: [v1]
                    sideEffects: None
                """.formatted(
                        LABEL,
                        Network.HOST,
                        PORT,
                        Base64.getEncoder().encodeToString(authority.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Ends its webhook. */
    @Override
    public void close() {
        node.cluster()
                .admin()
                .admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(LABEL)
                .delete();
        node.cluster().deleteNow(webhook.pod());
        node.cluster().awaitGone(webhook.pod());
    }
}
