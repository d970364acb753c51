package io.purser.agent.run;

import io.purser.agent.config.Notification;
import io.purser.agent.notify.NotificationException;
import io.purser.agent.notify.NotificationQueue;
import io.purser.agent.notify.NotificationThread;
import io.purser.agent.notify.Notifier;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hands what is to be notified to the notification thread, which starts only when there is something to do. Knows which files'
 * notifications have not reached their receivers, so that an agent that takes over from this one can go on with them.
 */
final class Announcer implements NotificationThread.Listener {

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofMinutes(1);

    private final PodPaths paths;
    private final Reporting reporting;
    private final Map<String, Set<Notification>> pending = new LinkedHashMap<>();
    private @Nullable NotificationThread thread;

    Announcer(PodPaths paths, Reporting reporting) {
        this.paths = paths;
        this.reporting = reporting;
    }

    /** These files have changed. */
    synchronized void announce(Collection<FileTarget> changed) {
        Set<Notification> notifications = new LinkedHashSet<>();
        for (FileTarget target : changed) {
            if (!target.notifications().isEmpty()) {
                pending.put(target.destination(), new LinkedHashSet<>(target.notifications()));
                notifications.addAll(target.notifications());
            }
        }
        if (notifications.isEmpty()) {
            return;
        }
        if (thread == null) {
            NotificationQueue queue = new NotificationQueue(PAUSE, FIRST_RETRY, LAST_RETRY);
            thread = new NotificationThread(queue, new Notifier(paths.root())::carryOut, this, Clock.systemUTC());
        }
        thread.changed(notifications);
    }

    /** The destinations of the files whose change not every receiver knows of yet. */
    synchronized Set<String> pending() {
        return pending.isEmpty() ? Set.of() : new LinkedHashSet<>(pending.keySet());
    }

    /** What was pending when the agent before this one ended, and is until {@link #goOn}. */
    synchronized void goOnFrom(Collection<String> destinations) {
        for (String destination : destinations) {
            pending.put(destination, Set.of());
        }
    }

    /** Announces what was pending then; of a file that is no longer wanted, nobody. */
    synchronized void goOn(Collection<FileTarget> targets) {
        List<FileTarget> again = new ArrayList<>();
        for (FileTarget target : targets) {
            if (pending.containsKey(target.destination())) {
                again.add(target);
            }
        }
        pending.clear();
        announce(again);
    }

    /** A change that came while it was carried out is announced once more, so it is still pending. */
    @Override
    public synchronized void delivered(Notification notification) {
        if (thread != null && !thread.isPending(notification)) {
            Iterator<Set<Notification>> files = pending.values().iterator();
            while (files.hasNext()) {
                Set<Notification> ofFile = files.next();
                ofFile.remove(notification);
                if (ofFile.isEmpty()) {
                    files.remove();
                }
            }
        }
        reporting.metrics().count("purser_notifications_total", "result", "done");
        reporting.log().info("notified", "notification", notification.toString());
    }

    @Override
    public void failed(Notification notification, NotificationException reason, Duration wait) {
        reporting.metrics().count("purser_notifications_total", "result", "failed");
        reporting
                .log()
                .warn(
                        "notification failed",
                        "notification",
                        notification.toString(),
                        "again in",
                        wait.toSeconds() + "s",
                        "reason",
                        String.valueOf(reason.getMessage()));
    }

    /** Carries nothing out any more. */
    void end() {
        NotificationThread running;
        synchronized (this) {
            running = thread;
        }
        if (running != null) {
            running.close(); // which waits for a notification that is being delivered, and that for our lock
        }
    }
}
