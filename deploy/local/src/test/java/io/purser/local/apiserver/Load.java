package io.purser.local.apiserver;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Creations of annotated pods as dry runs, the whole admission and nothing left, at a steady rate over some threads. */
final class Load implements AutoCloseable {
    private final KubernetesClient admin;
    private final long interval;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger admitted = new AtomicInteger();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private final Instant begin = Instant.now();
    private volatile Instant end = Instant.MAX;
    private volatile boolean running = true;

    /** Begins. */
    Load(KubernetesClient admin, int threads, int perSecond) {
        this.admin = admin;
        this.interval = Duration.ofSeconds(1).toNanos() * threads / perSecond;
        for (int number = 0; number < threads; number++) {
            String name = "load-" + number;
            Thread thread = new Thread(() -> run(name), name);
            this.threads.add(thread);
            thread.start();
        }
    }

    /** Creates one pod that must be injected. */
    private static boolean admits(KubernetesClient admin, String name) {
        return Installation.isInjected(admin.resource(
                        Installation.pod("apps", name, Installation.annotated()).build())
                .dryRun()
                .create());
    }

    /** Whether pods are injected already; an error means: not yet. */
    static boolean isAdmitting(KubernetesClient admin) {
        try {
            return admits(admin, "first");
        } catch (KubernetesClientException notYet) {
            return false;
        }
    }

    int admitted() {
        return admitted.get();
    }

    /** Each that failed, with its time. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    /** How many were admitted a second, up to the end. */
    double perSecond() {
        return admitted.get() / seconds();
    }

    private double seconds() {
        return Duration.between(begin, running ? Instant.now() : end).toMillis() / 1000.0;
    }

    /** Figures for a person. */
    @Override
    public String toString() {
        return String.format(
                "%d admitted in %.0f s (%.0f a second), %d refused",
                admitted.get(), seconds(), perSecond(), refused.size());
    }

    private void run(String name) {
        long next = System.nanoTime();
        for (int number = 0; running; number++) {
            try {
                if (!admits(admin, name + "-" + number)) {
                    refused.add(Instant.now() + " not injected");
                } else {
                    admitted.incrementAndGet();
                }
            } catch (KubernetesClientException e) {
                refused.add(Instant.now() + " " + e.getMessage());
            }
            next += interval;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    @Override
    public void close() {
        end = Instant.now();
        running = false;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
