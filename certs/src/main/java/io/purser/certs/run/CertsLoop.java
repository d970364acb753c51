package io.purser.certs.run;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.purser.certs.cluster.ApiServerClock;
import io.purser.certs.cluster.ClusterTrust;
import io.purser.certs.cluster.Target;
import io.purser.certs.cluster.WriterElection;
import io.purser.certs.rotation.LeafRenewal;
import io.purser.certs.rotation.Rotation;
import io.purser.certs.rotation.RotationPolicy;
import io.purser.certs.volume.LeafVolume;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes rounds until closed: at an interval, and at once when the webhook configuration changes or we are elected. */
public final class CertsLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CertsLoop.class);
    private static final Duration STUCK_AFTER = Duration.ofMinutes(5);

    private final Settings settings;
    private final ClusterTrust trust;
    private final Round round;
    private final WriterElection election;
    private final ProbeServer probes;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile Instant lastRound = Instant.now();
    private volatile boolean closed;
    private volatile @Nullable Watch watch;

    /**
     * How the loop runs.
     *
     * @param identity of this replica: its pod's name
     * @param names the DNS names of the leaf
     * @param folder where the leaf is put for the webhook
     * @param listen where the probe and the metrics are answered
     * @param interval the longest time between two rounds
     */
    public record Settings(
            Target target,
            RotationPolicy policy,
            String identity,
            List<String> names,
            Path folder,
            InetSocketAddress listen,
            Duration interval) {}

    /**
     * Starts at once.
     *
     * @param clock shows the API server's time; it must be an interceptor of {@code client}
     * @throws IOException when the address of the probes is taken
     */
    public CertsLoop(KubernetesClient client, ApiServerClock clock, Settings settings) throws IOException {
        this.settings = settings;
        this.trust = new ClusterTrust(client, settings.target());
        this.election = new WriterElection(client, settings.target(), settings.identity(), this::wake);
        this.round = new Round(new Round.Parts(
                trust,
                new Rotation(settings.policy()),
                new LeafRenewal(settings.policy(), settings.names()),
                new LeafVolume(settings.folder()),
                clock,
                election::isWriter));
        this.probes = new ProbeServer(
                settings.listen(),
                new ProbeServer.Loop(round::standing, () -> lastRound, STUCK_AFTER, InstantSource.system()));
        this.thread = new Thread(this::run, "rounds");
        thread.start();
    }

    /** The port of the probes and metrics. */
    public int probePort() {
        return probes.port();
    }

    /** Waits until the loop has ended. */
    public void join() throws InterruptedException {
        thread.join();
    }

    private void run() {
        while (!closed) {
            makeRound();
            lastRound = Instant.now();
            watchAgain();
            try {
                if (wake.tryAcquire(settings.interval().toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** A round that fails in an unforeseen way is made again: a thread that has died in silence would help nobody. */
    private void makeRound() {
        try {
            round.go();
        } catch (RuntimeException e) {
            LOG.error("A round failed in a way that was not foreseen; the next one follows", e);
        }
    }

    private void wake() {
        wake.release();
    }

    /** The watch only saves time: without it the interval finds the same. */
    private void watchAgain() {
        if (watch != null) {
            return;
        }
        try {
            watch = trust.watchPublished(this::wake, () -> watch = null);
        } catch (KubernetesClientException e) {
            LOG.info(
                    "The webhook configuration cannot be watched: {}; it is read every {} s",
                    e.getMessage(),
                    settings.interval().toSeconds());
        }
    }

    /** Makes no further round; {@link #join()} returns when the present one has ended. Safe to call from any thread. */
    public void end() {
        closed = true;
        wake();
    }

    @Override
    public void close() {
        end();
        Watch open = watch;
        if (open != null) {
            open.close();
        }
        election.close();
        probes.close();
    }
}
