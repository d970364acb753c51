package io.purser.local.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.purser.certs.authority.CertificateAuthority;
import io.purser.local.node.ControlPlane;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Helm's own engine installs, upgrades and uninstalls the chart at a real API server, as install.md says it. */
@EnabledIf(
        value = "io.purser.local.node.ControlPlane#isInstalled",
        disabledReason = "KUBEBUILDER_ASSETS names no folder with etcd and kube-apiserver")
class HelmInstallTest {
    private static final String NAME = "purser";

    @TempDir
    Path folder;

    private ControlPlane plane;
    private KubernetesClient admin;
    private Path kubeconfig;

    @BeforeEach
    void start() throws IOException {
        plane = ControlPlane.start(Files.createDirectories(folder.resolve("plane")));
        admin = plane.admin();
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace("kube-system")
                        .withName("helm")
                        .endMetadata()
                        .build())
                .create();
        admin.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName("helm")
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                        .addNewSubject("", "ServiceAccount", "helm", "kube-system")
                        .build())
                .create();
        kubeconfig = Files.writeString(folder.resolve("kubeconfig"), plane.kubeconfig("kube-system", "helm"));
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    @Test
    void anUpgradeKeepsTheCaBundleAndAnUninstallLeavesNothingThatBlocksPods() {
        new Helm(HelmChart.FOLDER)
                .install()
                .withName(NAME)
                .withNamespace(NAME)
                .createNamespace()
                .withKubeConfig(kubeconfig)
                .call();
        assertThat(replicas()).isEqualTo(2);
        String caBundle = publish();

        new Helm(HelmChart.FOLDER)
                .upgrade()
                .withName(NAME)
                .withNamespace(NAME)
                .set("replicas", 3)
                .withKubeConfig(kubeconfig)
                .call();
        assertThat(replicas()).isEqualTo(3);
        assertThat(configuration().get().getWebhooks())
                .allMatch(webhook -> caBundle.equals(webhook.getClientConfig().getCaBundle()));

        Helm.uninstall(NAME).withNamespace(NAME).withKubeConfig(kubeconfig).call();
        assertThat(configuration().get()).isNull();
        assertThat(admin.apps().deployments().inNamespace(NAME).list().getItems())
                .isEmpty();
        assertThat(admin.secrets().inNamespace(NAME).withName("purser-ca").get())
                .as("what no manifest made stays")
                .isNotNull();
    }

    private int replicas() {
        return admin.apps()
                .deployments()
                .inNamespace(NAME)
                .withName("purser-webhook")
                .get()
                .getSpec()
                .getReplicas();
    }

    private Resource<MutatingWebhookConfiguration> configuration() {
        return admin.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(NAME);
    }

    /** What the certs container does after the installation. */
    private String publish() {
        String pem = CertificateAuthority.create("own", Duration.ofDays(1), Instant.now())
                .certificatePem();
        admin.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(NAME)
                        .withName("purser-ca")
                        .endMetadata()
                        .build())
                .create();
        String caBundle = Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
        configuration().edit(current -> new MutatingWebhookConfigurationBuilder(current)
                .editMatchingWebhook(webhook -> true)
                .editClientConfig()
                .withCaBundle(caBundle)
                .endClientConfig()
                .endWebhook()
                .build());
        return caBundle;
    }
}
