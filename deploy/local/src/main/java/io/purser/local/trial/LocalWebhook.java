package io.purser.local.trial;

import io.purser.certs.authority.CertificateAuthority;
import io.purser.certs.authority.Leaf;
import io.purser.local.machine.FreePort;
import io.purser.webhook.admission.Reviewer;
import io.purser.webhook.http.HostPort;
import io.purser.webhook.http.ServerSettings;
import io.purser.webhook.http.Webhook;
import io.purser.webhook.policy.Option;
import io.purser.webhook.policy.SettingsReader;
import io.purser.webhook.policy.Violation;
import io.purser.webhook.tls.CertificateFiles;
import io.purser.webhook.tls.UnusableCertificateException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The real webhook, serving in this JVM with a certificate of its own authority. */
final class LocalWebhook implements AutoCloseable {

    private static final Duration VALIDITY = Duration.ofDays(1);

    private final Webhook webhook;
    private final CertificateAuthority authority;
    private final Duration startup;

    private LocalWebhook(Webhook webhook, CertificateAuthority authority, Duration startup) {
        this.webhook = webhook;
        this.authority = authority;
        this.startup = startup;
    }

    /**
     * Starts it with the settings of the environment ({@code PURSER_...}) and the trial's store.
     *
     * @param folder where its certificate goes
     * @param sidecar {@code native} or {@code classic} for pods that do not say, or null
     */
    static LocalWebhook start(Path folder, TrialStore store, @Nullable String sidecar)
            throws TrialException, IOException {
        long began = System.nanoTime();
        Map<Option, String> given = SettingsReader.fromEnvironment(System.getenv());
        given.put(Option.STORE_ADDRESS, store.address().toString());
        String ca = store.caPem();
        if (ca != null) {
            given.put(Option.STORE_CA, ca);
        }
        if (sidecar != null) {
            given.put(Option.SIDECAR, sidecar);
        }
        SettingsReader.Result result = SettingsReader.read(given);
        if (!result.violations().isEmpty()) {
            throw TrialException.input("the webhook's settings in the environment are wrong: "
                    + String.join(
                            "; ",
                            result.violations().stream()
                                    .map(Violation::toString)
                                    .toList()));
        }
        Instant now = Instant.now();
        CertificateAuthority authority = CertificateAuthority.create("try webhook", VALIDITY, now);
        Leaf leaf = authority.issue(List.of("purser-webhook.purser-system.svc", "127.0.0.1"), VALIDITY, now);
        Files.createDirectories(folder);
        Path certificate = Files.writeString(folder.resolve("tls.crt"), leaf.certificateChainPem());
        Path key = Files.writeString(folder.resolve("tls.key"), leaf.privateKeyPem());
        try {
            Webhook webhook = Webhook.start(
                    ServerSettings.of(
                            new HostPort("127.0.0.1", FreePort.next()), new CertificateFiles(certificate, key, null)),
                    new Reviewer(result.settings()));
            return new LocalWebhook(webhook, authority, Duration.ofNanos(System.nanoTime() - began));
        } catch (UnusableCertificateException e) {
            throw TrialException.outside("the webhook refuses its certificate: " + e.getMessage());
        }
    }

    URI url() {
        return URI.create("https://127.0.0.1:" + webhook.port() + "/mutate");
    }

    String caBundle() {
        return authority.certificatePem();
    }

    Duration startup() {
        return startup;
    }

    @Override
    public void close() {
        webhook.close();
    }
}
