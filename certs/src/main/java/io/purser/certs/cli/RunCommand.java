package io.purser.certs.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.purser.certs.cluster.ApiServerClock;
import io.purser.certs.rotation.RotationPolicy;
import io.purser.certs.run.CertsLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The container beside the webhook. */
@Command(
        name = "run",
        description = "Keeps the authority, the webhook configuration's caBundle and the serving certificate fresh,"
                + " until told to end.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    /** Well within the grace that Kubernetes gives. */
    private static final Duration LONGEST_END = Duration.ofSeconds(15);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private PolicyOptions times = new PolicyOptions();

    @Option(
            names = "--service",
            paramLabel = "NAME",
            defaultValue = "purser-webhook",
            description = "the webhook's Service, whose DNS name the certificate is for (default: ${DEFAULT-VALUE})")
    private String service = "purser-webhook";

    @Option(
            names = "--dns-name",
            paramLabel = "NAME",
            description = "a further DNS name or IP address of the certificate; may be repeated")
    private List<String> furtherNames = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "the memory volume shared with the webhook: tls.crt and tls.key are put there")
    private Path folder = Path.of("");

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "0.0.0.0:8081",
            description = "where /livez and /metrics are served over HTTP (default: ${DEFAULT-VALUE})")
    private String listen = "0.0.0.0:8081";

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            converter = Durations.class,
            defaultValue = "10s",
            description = "the longest time between two looks at the cluster (default: ${DEFAULT-VALUE})")
    private Duration interval = Duration.ofSeconds(10);

    @Option(
            names = "--identity",
            paramLabel = "NAME",
            defaultValue = "${env:PURSER_POD_NAME:-${env:HOSTNAME:-local}}",
            description = "this replica's name in the Lease (default: ${DEFAULT-VALUE})")
    private String identity = "local";

    @Override
    public Integer call() throws InterruptedException {
        RotationPolicy policy = policy();
        if (!Files.isDirectory(folder)) {
            throw misuse("--out " + folder + " is no folder; mount the volume that the webhook reads there");
        }
        ApiServerClock clock = new ApiServerClock(InstantSource.system());
        CountDownLatch closed = new CountDownLatch(1);
        try (KubernetesClient client = cluster.client(clock);
                CertsLoop loop = new CertsLoop(client, clock, settings(policy))) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(loop, closed), "close"));
            spec.commandLine().getOut().println("purser: certs runs, metrics on port " + loop.probePort());
            spec.commandLine().getOut().flush();
            loop.join();
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println("purser: " + listen + " cannot be listened on: " + e.getMessage());
            return 3;
        } finally {
            closed.countDown();
        }
    }

    /**
     * The main thread closes what it has opened, in order, while the virtual machine waits here: a client that is closed
     * under a request that is under way never answers it.
     */
    private static void end(CertsLoop loop, CountDownLatch closed) {
        loop.end();
        try {
            if (!closed.await(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The API server does not answer; the Lease is not handed back and ends by itself");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CertsLoop.Settings settings(RotationPolicy policy) {
        List<String> names = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(
                                service + "." + cluster.target().namespace() + ".svc"),
                        furtherNames.stream())
                .toList();
        return new CertsLoop.Settings(cluster.target(), policy, identity, names, folder, address(), interval);
    }

    private RotationPolicy policy() {
        try {
            return times.policy();
        } catch (IllegalArgumentException e) {
            throw misuse(String.valueOf(e.getMessage()));
        }
    }

    private InetSocketAddress address() {
        int colon = listen.lastIndexOf(':');
        try {
            String host = listen.substring(0, Math.max(colon, 0));
            int port = Integer.parseInt(listen.substring(colon + 1));
            return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
        } catch (IllegalArgumentException e) {
            throw misuse("--listen " + listen + " is not HOST:PORT, for example 0.0.0.0:8081");
        }
    }

    private ParameterException misuse(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
