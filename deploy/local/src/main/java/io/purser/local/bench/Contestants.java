package io.purser.local.bench;

import io.purser.certs.authority.CertificateAuthority;
import io.purser.certs.authority.Leaf;
import io.purser.local.machine.FreePort;
import io.purser.local.machine.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The webhooks that are measured, each a process of its own: ours, and vault-k8s where it is on the PATH and starts. */
final class Contestants implements AutoCloseable {

    private static final String STORE = "https://store.invalid:8200";

    private final Path folder;
    private final CertificateAuthority authority =
            CertificateAuthority.create("bench", Duration.ofDays(1), Instant.now());
    private final List<Contestant> all = new ArrayList<>();
    private @Nullable String absence;

    /** One of them. */
    record Contestant(String name, int port, MeasuredProcess process) {}

    /**
     * Starts them.
     *
     * @param folder gets their certificate and their logs
     */
    Contestants(Path folder) throws IOException {
        this.folder = folder;
        Leaf leaf = authority.issue(List.of("localhost"), Duration.ofHours(12), Instant.now());
        Files.writeString(certificate(), leaf.certificateChainPem());
        Files.writeString(key(), leaf.privateKeyPem());
        int port = FreePort.next();
        all.add(new Contestant("purser", port, own(port)));
        Path peer = SearchPath.find("vault-k8s").orElse(null);
        if (peer == null) {
            absence = "vault-k8s is not on the PATH";
            return;
        }
        try {
            int peerPort = FreePort.next();
            all.add(new Contestant("vault-k8s", peerPort, peer(peer, peerPort)));
        } catch (IOException e) { // outside of a pod it finds no service account's token, and gives up
            absence = e.getMessage();
        }
    }

    List<Contestant> all() {
        return all;
    }

    /** Why the peer is not among them, or null when it is. */
    @Nullable
    String absence() {
        return absence;
    }

    /** The authority of the servers' certificate, PEM. */
    String authority() {
        return authority.certificatePem();
    }

    private Path certificate() {
        return folder.resolve("tls.crt");
    }

    private Path key() {
        return folder.resolve("tls.key");
    }

    /** The distribution where it was built, else this very class path. */
    private MeasuredProcess own(int port) throws IOException {
        Path distribution = Path.of(System.getProperty("purser.home", "."), "webhook", "target", "dist");
        boolean built = Files.exists(distribution.resolve("runtime/lib/server/webhook.cache"));
        List<String> java = built
                ? List.of("runtime/bin/java", "@webhook.args")
                : List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.purser.webhook.cli.Main");
        List<String> serve = List.of(
                "serve",
                "--listen=127.0.0.1:" + port,
                "--drain=0s",
                "--store-address=" + STORE,
                "--tls-cert=" + certificate(),
                "--tls-key=" + key());
        List<String> command = Stream.concat(java.stream(), serve.stream()).toList();
        return MeasuredProcess.start(
                command, Map.of(), built ? distribution : Path.of("."), folder.resolve("purser.log"), "ready at");
    }

    private MeasuredProcess peer(Path program, int port) throws IOException {
        Map<String, String> environment = Map.of(
                "KUBERNETES_SERVICE_HOST",
                "127.0.0.1",
                "KUBERNETES_SERVICE_PORT",
                "1",
                "AGENT_INJECT_LISTEN",
                "127.0.0.1:" + port,
                "AGENT_INJECT_VAULT_ADDR",
                STORE,
                "AGENT_INJECT_TLS_CERT_FILE",
                certificate().toString(),
                "AGENT_INJECT_TLS_KEY_FILE",
                key().toString());
        List<String> command = List.of(program.toString(), "agent-inject");
        return MeasuredProcess.start(command, environment, folder, folder.resolve("vault-k8s.log"), "Listening on");
    }

    @Override
    public void close() {
        all.forEach(contestant -> contestant.process().close());
    }
}
