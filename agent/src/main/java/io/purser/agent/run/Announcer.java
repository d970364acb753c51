package io.purser.agent.run;

import io.purser.agent.config.Notification;
import io.purser.agent.notify.NotificationException;
import io.purser.agent.notify.NotificationQueue;
import io.purser.agent.notify.NotificationThread;
import io.purser.agent.notify.Notifier;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Hands what is to be notified to the notification thread, which starts only when there is something to do. */
final class Announcer implements NotificationThread.Listener {

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofMinutes(1);

    private final PodPaths paths;
    private final Reporting reporting;
    private @Nullable NotificationThread thread;

    Announcer(PodPaths paths, Reporting reporting) {
        this.paths = paths;
        this.reporting = reporting;
    }

    void announce(Collection<Notification> notifications) {
        if (thread == null) {
            NotificationQueue queue = new NotificationQueue(PAUSE, FIRST_RETRY, LAST_RETRY);
            thread = new NotificationThread(queue, new Notifier(paths.root())::carryOut, this, Clock.systemUTC());
        }
        thread.changed(notifications);
    }

    @Override
    public void delivered(Notification notification) {
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

    /** Drops what is pending. */
    void end() {
        if (thread != null) {
            thread.close();
        }
    }
}
