package io.purser.certs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.purser.certs.authority.CertificateAuthority;
import io.purser.certs.rotation.Published;
import io.purser.certs.rotation.Rotation;
import io.purser.certs.rotation.RotationPolicy;
import io.purser.certs.rotation.Step;
import io.purser.certs.rotation.TrustState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class ClusterTrustTest {
    private static final Target TARGET = new Target("purser", "purser-ca", "purser-certs", "purser");
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00.123456Z");

    KubernetesClient client;
    private ClusterTrust trust;

    @BeforeEach
    void trust() {
        trust = new ClusterTrust(client, TARGET);
    }

    @Test
    void whatIsSavedIsReadBack() {
        TrustState first = firstState();
        TrustState rotated =
                new Rotation(RotationPolicy.DEFAULT).rotated(first, NOW).orElseThrow();

        assertThat(trust.readState()).isEqualTo(new Versioned<TrustState>(null, null));
        assertThat(trust.save(first, null)).isTrue();
        Versioned<TrustState> saved = trust.readState();
        assertThat(saved.value()).isEqualTo(first);
        assertThat(trust.save(rotated, saved.resourceVersion())).isTrue();
        assertThat(trust.readState().value()).isEqualTo(rotated);
    }

    @Test
    void ofTwoWhoCreateTheSecretAtOnceOneIsToldToReadAgain() {
        TrustState first = firstState();

        assertThat(trust.save(first, null)).isTrue();
        assertThat(trust.save(firstState(), null)).isFalse();
        assertThat(trust.readState().value()).isEqualTo(first);
    }

    @Test
    void aSecretThatChangedMeanwhileIsNotOverwritten() {
        TrustState first = firstState();
        trust.save(first, null);
        String old = trust.readState().resourceVersion();
        TrustState second = firstState();
        assertThat(trust.save(second, old)).isTrue();

        assertThat(trust.save(first, old)).isFalse();
        assertThat(trust.readState().value()).isEqualTo(second);
    }

    @Test
    void aSpoiltSecretHasNoValueButAVersion() {
        for (String spoilt : List.of("", "[]", "{", "[{\"certificate\":\"x\"}]", "[{}]", "7")) {
            client.secrets().inNamespace("purser").withName("purser-ca").delete();
            client.secrets()
                    .resource(secretWith(Map.of("authorities.json", encoded(spoilt))))
                    .create();
            Versioned<TrustState> read = trust.readState();
            assertThat(read.value()).as(spoilt).isNull();
            assertThat(read.resourceVersion()).isNotNull();
        }
    }

    @Test
    void aKeyOfAnotherCertificateIsNotTaken() {
        CertificateAuthority one = CertificateAuthority.create("one", Duration.ofDays(1), NOW);
        CertificateAuthority two = CertificateAuthority.create("two", Duration.ofDays(1), NOW);
        String mixed = "[{\"certificate\":\"" + one.certificatePem().replace("\n", "\\n") + "\",\"privateKey\":\""
                + two.privateKeyPem().replace("\n", "\\n") + "\"}]";
        client.secrets()
                .resource(secretWith(Map.of("authorities.json", encoded(mixed))))
                .create();

        assertThat(trust.readState().value()).isNull();
    }

    @Test
    void theBundleGoesIntoEveryWebhookAndNothingElseChanges() {
        client.resource(configuration("a", "b")).create();
        Versioned<Published> before = trust.readPublished();
        TrustState state = firstState();
        assertThat(before.value()).isNotNull();
        assertThat(before.value().anyTrusted()).isEmpty();

        assertThat(trust.publish(state.bundle(), before.resourceVersion())).isTrue();

        MutatingWebhookConfiguration after = client.resource(configuration()).get();
        assertThat(after.getWebhooks()).hasSize(2).allSatisfy(webhook -> {
            assertThat(webhook.getClientConfig().getCaBundle()).isEqualTo(encoded(state.bundle()));
            assertThat(webhook.getFailurePolicy()).isEqualTo("Fail");
            assertThat(webhook.getClientConfig().getService().getName()).isEqualTo("purser-webhook");
        });
        assertThat(trust.readPublished().value().anyTrusted())
                .containsExactly(state.newest().certificate());
    }

    @Test
    void noConfigurationIsNothingToPublishInto() {
        assertThat(trust.readPublished()).isEqualTo(new Versioned<Published>(new Published.Absent(), null));
        assertThat(trust.publish(firstState().bundle(), "1")).isFalse();
    }

    private static TrustState firstState() {
        Step step = new Rotation(RotationPolicy.DEFAULT).next(null, null, new Published.Absent(), NOW);
        return ((Step.Save) step).state();
    }

    private static Secret secretWith(Map<String, String> data) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName("purser-ca")
                .withNamespace("purser")
                .endMetadata()
                .withData(data)
                .build();
    }

    private static MutatingWebhookConfiguration configuration(String... names) {
        MutatingWebhookConfigurationBuilder builder = new MutatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName("purser")
                .endMetadata();
        for (String name : names) {
            builder.addNewWebhook()
                    .withName(name + ".purser.io")
                    .withFailurePolicy("Fail")
                    .withNewClientConfig()
                    .withNewService()
                    .withName("purser-webhook")
                    .withNamespace("purser")
                    .endService()
                    .endClientConfig()
                    .endWebhook();
        }
        return builder.build();
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
