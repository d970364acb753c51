package io.purser.certs.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.purser.certs.cluster.ApiServerClock;
import io.purser.certs.cluster.ClusterTrust;
import io.purser.certs.cluster.Target;
import io.purser.certs.rotation.Rotation;
import io.purser.certs.rotation.RotationPolicy;
import io.purser.certs.rotation.TrustState;
import io.purser.certs.volume.LeafFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EnableKubernetesMockClient(crud = true)
class CertsLoopTest {
    private static final Target TARGET = new Target("purser", "purser-ca", "purser-certs", "purser");
    private static final RotationPolicy POLICY = new RotationPolicy(
            "test", Duration.ofDays(30), Duration.ofDays(10), Duration.ofDays(7), Duration.ofSeconds(2));

    KubernetesClient client;

    @TempDir
    Path folder;

    private CertsLoop one;
    private CertsLoop two;
    private ClusterTrust trust;

    @BeforeEach
    void twoReplicas() throws IOException {
        trust = new ClusterTrust(client, TARGET);
        client.resource(configuration()).create();
        one = start("one");
        two = start("two");
        Waiting.until("both serve what is trusted", () -> isServed("one") && isServed("two"));
        // the leaf is on the volume before the round that put it there has ended
        Waiting.until("both have told so", () -> tellsOfALeaf(one) && tellsOfALeaf(two));
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    @Test
    void replicasThatStartTogetherAgree() {
        assertThat(state().authorities()).hasSize(1);
        assertThat(leaf("one").orElseThrow()).isNotEqualTo(leaf("two").orElseThrow());
        assertThat(metrics(one) + metrics(two))
                .containsOnlyOnce("purser_certs_writer 1")
                .containsOnlyOnce("purser_certs_writer 0");
    }

    @Test
    void aRotationReachesBothReplicas() {
        X509Certificate before = state().newest().certificate();

        assertThat(trust.save(
                        new Rotation(POLICY).rotated(state(), Instant.now()).orElseThrow(),
                        trust.readState().resourceVersion()))
                .isTrue();

        Waiting.until("both serve under the new authority", () -> {
            X509Certificate newest = state().newest().certificate();
            return !newest.equals(before) && isUnder("one", newest) && isUnder("two", newest);
        });
        Waiting.until(
                "the old one is retired and still trusted",
                () -> state().authorities().get(0).retiredAt() != null);
        assertThat(state().authorities()).hasSize(2);
        assertThat(trust.readPublished().value().anyTrusted()).contains(before);
    }

    @Test
    void aLostSecretComesBackAsItWas() {
        TrustState before = state();

        client.secrets().inNamespace("purser").withName("purser-ca").delete();

        Waiting.until(
                "the same authorities are back",
                () -> before.equals(trust.readState().value()));
    }

    @Test
    void aHandEditedBundleIsPutRight() {
        assertThat(trust.publish("", trust.readPublished().resourceVersion())).isTrue();

        Waiting.until("the bundle is back", () -> trust.readPublished()
                .value()
                .isExactly(List.of(state().newest().certificate())));
    }

    @Test
    void aReplicaTakesOverFromOneThatEnds() {
        boolean oneWrites = metrics(one).contains("purser_certs_writer 1");
        CertsLoop writer = oneWrites ? one : two;
        CertsLoop other = oneWrites ? two : one;

        writer.close();

        Waiting.until("the other writes", () -> metrics(other).contains("purser_certs_writer 1"));
    }

    @Test
    void aRestartedContainerGoesOnWithTheLeafThatLiesThere() throws Exception {
        X509Certificate before = leaf("one").orElseThrow();
        one.close();
        one.join();

        one = start("one");
        Waiting.until("a round is made", () -> tellsOfALeaf(one));

        assertThat(leaf("one")).contains(before);
    }

    @Test
    void metricsAndProbeSayHowThingsStand() throws Exception {
        X509Certificate leaf = leaf("one").orElseThrow();

        assertThat(metrics(one))
                .contains("purser_certs_leaf_expiry_timestamp_seconds "
                        + leaf.getNotAfter().toInstant().getEpochSecond() + "\n")
                .contains("purser_certs_trusted_authorities 1\n")
                .contains("purser_certs_failed_rounds_total 0\n")
                .contains("# TYPE purser_certs_ca_expiry_timestamp_seconds gauge\n");
        assertThat(get(one, "/livez").statusCode()).isEqualTo(200);
    }

    private CertsLoop start(String name) throws IOException {
        Path volume = Files.createDirectories(folder.resolve(name));
        return new CertsLoop(
                client,
                new ApiServerClock(InstantSource.system()),
                new CertsLoop.Settings(
                        TARGET,
                        POLICY,
                        name,
                        List.of("purser-webhook.purser.svc"),
                        volume,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Duration.ofMillis(200)));
    }

    private TrustState state() {
        TrustState state = trust.readState().value();
        assertThat(state).isNotNull();
        return state;
    }

    private boolean isServed(String replica) {
        TrustState state = trust.readState().value();
        return state != null
                && trust.readPublished()
                        .value()
                        .isExactly(List.of(state.newest().certificate()))
                && isUnder(replica, state.newest().certificate());
    }

    private boolean isUnder(String replica, X509Certificate authority) {
        return leaf(replica).filter(leaf -> verifies(leaf, authority)).isPresent();
    }

    private static boolean verifies(X509Certificate leaf, X509Certificate authority) {
        try {
            leaf.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private Optional<X509Certificate> leaf(String replica) {
        return new LeafFiles(folder.resolve(replica)).read();
    }

    private static boolean tellsOfALeaf(CertsLoop loop) {
        return metrics(loop).contains("purser_certs_leaf_expiry_timestamp_seconds");
    }

    private static String metrics(CertsLoop loop) {
        try {
            return get(loop, "/metrics").body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<String> get(CertsLoop loop, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + loop.probePort() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static MutatingWebhookConfiguration configuration() {
        return new MutatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName("purser")
                .endMetadata()
                .addNewWebhook()
                .withName("pods.purser.io")
                .withNewClientConfig()
                .endClientConfig()
                .endWebhook()
                .build();
    }
}
