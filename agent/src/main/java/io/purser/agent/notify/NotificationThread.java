package io.purser.agent.notify;

import io.purser.agent.config.Notification;
import io.purser.agent.notify.NotificationQueue.Due;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A thread that carries out notifications, so that a slow receiver holds up no renewal. Thread-safe. It ends with
 * {@link #close}, which kills a program that is still running; what is pending then is dropped.
 */
public final class NotificationThread implements AutoCloseable {

    private final NotificationQueue queue;
    private final Carrier carrier;
    private final Listener listener;
    private final Clock clock;
    private final Thread thread;
    private boolean closed;

    /** Carries out one notification; {@link Notifier#carryOut} does. */
    @FunctionalInterface
    public interface Carrier {
        /** Blocks until it is done. */
        void carryOut(Notification notification) throws NotificationException, InterruptedException;
    }

    /** Is told what became of a notification, on the notification thread. */
    public interface Listener {
        /** It reached its receiver. */
        void delivered(Notification notification);

        /** It did not, and will be tried again after {@code wait}. */
        void failed(Notification notification, NotificationException reason, Duration wait);
    }

    /** Starts the thread. */
    public NotificationThread(NotificationQueue queue, Carrier carrier, Listener listener, Clock clock) {
        this.queue = queue;
        this.carrier = carrier;
        this.listener = listener;
        this.clock = clock;
        this.thread = new Thread(this::run, "notify");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /** Files have changed that ask for these notifications. Returns at once. */
    public synchronized void changed(Collection<Notification> notifications) {
        queue.add(notifications, clock.instant());
        notifyAll();
    }

    /** Whether it waits for its turn, or for being tried again. */
    public synchronized boolean isPending(Notification notification) {
        return queue.isPending(notification);
    }

    /** Ends the thread, after at most a second's wait for it. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(1).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever ends us is in a hurry
        }
    }

    private void run() {
        try {
            while (true) {
                for (Due due : awaitDue()) {
                    deliver(due);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // close() was called: the thread is at its end
        }
    }

    private synchronized List<Due> awaitDue() throws InterruptedException {
        while (!closed) {
            Instant now = clock.instant();
            Optional<Instant> next = queue.next();
            if (next.isPresent() && !next.get().isAfter(now)) {
                return queue.take(now);
            }
            // At least a millisecond, for wait(0) is for ever.
            wait(next.map(due -> Math.max(1, Duration.between(now, due).toMillis()))
                    .orElse(0L));
        }
        throw new InterruptedException("the notification thread was closed");
    }

    private void deliver(Due due) throws InterruptedException {
        try {
            carrier.carryOut(due.notification());
            listener.delivered(due.notification());
        } catch (NotificationException e) {
            listener.failed(due.notification(), e, retry(due));
        }
    }

    private synchronized Duration retry(Due due) {
        Instant now = clock.instant();
        return Duration.between(now, queue.failed(due, now));
    }
}
