package io.purser.certs.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Elects, by a Lease, the one replica that writes. Only so that replicas do not write in turns: what is written is safe
 * by preconditions, so two that both believe to be elected do no harm.
 */
public final class WriterElection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WriterElection.class);
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "election");
        thread.setDaemon(true);
        return thread;
    });
    private final LeaderElector elector;
    private final Runnable elected;
    private volatile boolean writer;
    private volatile boolean closed;
    private volatile CompletableFuture<?> running = CompletableFuture.completedFuture(null);

    /**
     * Stands for election until closed.
     *
     * @param identity of this replica: its pod's name
     * @param elected called when this replica has become the writer
     */
    public WriterElection(KubernetesClient client, Target target, String identity, Runnable elected) {
        this.elected = elected;
        LeaderElectionConfig config = new LeaderElectionConfigBuilder()
                .withName(target.lease())
                .withLock(new LeaseLock(target.namespace(), target.lease(), identity))
                .withLeaseDuration(LEASE)
                .withRenewDeadline(RENEW_DEADLINE)
                .withRetryPeriod(RETRY)
                .withReleaseOnCancel(false) // close() does, and waits for it
                .withLeaderCallbacks(new LeaderCallbacks(this::begin, () -> writer = false, leader -> {}))
                .build();
        this.elector = new LeaderElector(client, config, executor);
        stand();
    }

    /** Whether this replica writes. */
    public boolean isWriter() {
        return writer;
    }

    /** Hands the Lease back, so that another replica need not wait for its end. */
    @Override
    public void close() {
        closed = true;
        boolean holdsTheLease = writer;
        running.cancel(true);
        executor.shutdownNow();
        if (holdsTheLease) {
            release();
        }
    }

    private void release() {
        writer = false;
        try {
            elector.release();
        } catch (KubernetesClientException e) {
            LOG.info(
                    "The Lease cannot be handed back: {}; it ends by itself in {} s",
                    ApiServerFailure.sentence(e),
                    LEASE.toSeconds());
        }
    }

    private void begin() {
        writer = true;
        elected.run();
    }

    /** A writer that could not renew its Lease has ended its term; it stands again. */
    private void stand() {
        running = elector.start().whenComplete((ended, failure) -> {
            writer = false;
            if (!closed) {
                CompletableFuture.delayedExecutor(
                                RETRY.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS, executor)
                        .execute(this::stand);
            }
        });
    }
}
