package io.purser.local.bench;

import io.purser.certs.authority.CertificateAuthority;
import io.purser.certs.authority.Leaf;
import io.purser.local.machine.FreePort;
import io.purser.local.machine.SearchPath;
import io.purser.local.trust.TlsContexts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the webhook under load, and the peer's beside it where it is installed. */
@Command(
        name = "bench",
        description =
                "Measures the webhook under a load of reviews over HTTPS, on the processors that it shares with the load; where"
                        + " vault-k8s is on the PATH, that too, in turn.",
        mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {

    private static final String STORE = "https://store.invalid:8200";

    @Option(names = "--connections", defaultValue = "16", description = "at once (default: ${DEFAULT-VALUE})")
    private int connections;

    @Option(names = "--requests", defaultValue = "20000", description = "of each run (default: ${DEFAULT-VALUE})")
    private int requests;

    @Option(names = "--runs", defaultValue = "3", description = "of each server (default: ${DEFAULT-VALUE})")
    private int runs;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Path folder = Files.createTempDirectory("purser-bench");
        CertificateAuthority authority = CertificateAuthority.create("bench", Duration.ofDays(1), Instant.now());
        Leaf leaf = authority.issue(List.of("localhost"), Duration.ofHours(12), Instant.now());
        Path certificate = Files.writeString(folder.resolve("tls.crt"), leaf.certificateChainPem());
        Path key = Files.writeString(folder.resolve("tls.key"), leaf.privateKeyPem());
        out.printf(
                "%s %s, %d processors, Java %s; %d reviews of 3 to 16 KB over %d connections, %d runs%n",
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                requests,
                connections,
                runs);
        Path peer = SearchPath.find("vault-k8s").orElse(null);
        int ownPort = FreePort.next();
        int peerPort = FreePort.next();
        SSLContext trust = TlsContexts.client(authority.certificatePem());
        try (MeasuredProcess own = own(ownPort, certificate, key, folder);
                MeasuredProcess other = peer == null ? null : peer(peer, peerPort, folder, out)) {
            for (int i = 0; i < runs; i++) {
                run("purser", own, new HttpsLoad(trust.getSocketFactory(), ownPort, ReviewCorpus.reviews()), out);
                if (other != null) {
                    run(
                            "vault-k8s",
                            other,
                            new HttpsLoad(trust.getSocketFactory(), peerPort, ReviewCorpus.reviews()),
                            out);
                }
            }
        }
        return 0;
    }

    private void run(String name, MeasuredProcess server, HttpsLoad load, PrintWriter out)
            throws IOException, InterruptedException {
        Duration before = server.cpu();
        LoadFigures figures = load.run(connections, requests);
        long micros = server.cpu().minus(before).toNanos() / 1000 / requests;
        out.printf(
                Locale.ROOT,
                "%-9s %s; CPU %d µs a review; RSS %d MiB; ready after %d ms%n",
                name,
                figures,
                micros,
                server.rssMiB(),
                server.startTime().toMillis());
        out.flush();
    }

    /** The distribution where it was built, else this very class path. */
    private static MeasuredProcess own(int port, Path certificate, Path key, Path folder) throws IOException {
        Path distribution = Path.of(System.getProperty("purser.home", "."), "webhook", "target", "dist");
        boolean built = Files.exists(distribution.resolve("webhook.cache"));
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
                "--tls-cert=" + certificate,
                "--tls-key=" + key);
        List<String> command = Stream.concat(java.stream(), serve.stream()).toList();
        return MeasuredProcess.start(
                command, Map.of(), built ? distribution : Path.of("."), folder.resolve("purser.log"), "ready at");
    }

    /** Null when it does not start: outside of a pod it finds no service account's token, and gives up. */
    private static @Nullable MeasuredProcess peer(Path program, int port, Path folder, PrintWriter out) {
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
                folder.resolve("tls.crt").toString(),
                "AGENT_INJECT_TLS_KEY_FILE",
                folder.resolve("tls.key").toString());
        List<String> command = List.of(program.toString(), "agent-inject");
        try {
            return MeasuredProcess.start(command, environment, folder, folder.resolve("vault-k8s.log"), "Listening on");
        } catch (IOException e) {
            out.println("vault-k8s is not measured: " + e.getMessage());
            return null;
        }
    }
}
