package io.purser.agent.notify;

import io.purser.agent.config.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which notifications are due when. Equal ones become one; those of changes that follow each other closely wait for the last
 * of them; one that failed comes again, later each time, until it succeeds. Not thread-safe. Time comes in as a value.
 */
public final class NotificationQueue {

    /** The longest that a steady stream of changes can put a notification off, as a multiple of the pause. */
    private static final int MOST_PAUSES = 5;

    private static final int MOST_DOUBLINGS = 10;

    private final Duration pause;
    private final Duration firstRetry;
    private final Duration lastRetry;
    private final Map<Notification, Entry> pending = new LinkedHashMap<>();

    /**
     * A notification to carry out now.
     *
     * @param failures how often in a row it has failed before
     */
    public record Due(Notification notification, int failures) {}

    private record Entry(Instant since, Instant due, int failures) {}

    /**
     * @param pause how long after a change another one is waited for
     * @param firstRetry wait after the first failure; it doubles with each further one
     * @param lastRetry the longest wait after a failure
     */
    public NotificationQueue(Duration pause, Duration firstRetry, Duration lastRetry) {
        this.pause = pause;
        this.firstRetry = firstRetry;
        this.lastRetry = lastRetry;
    }

    /** Files changed that ask for these notifications. */
    public void add(Collection<Notification> notifications, Instant now) {
        for (Notification notification : notifications) {
            Entry known = pending.get(notification);
            Instant since = known == null || known.failures() > 0 ? now : known.since();
            Instant latest = since.plusNanos(pause.toNanos() * MOST_PAUSES);
            Instant due = now.plus(pause);
            pending.put(notification, new Entry(since, due.isBefore(latest) ? due : latest, 0));
        }
    }

    /** Whether it is to be carried out at some time. */
    public boolean isPending(Notification notification) {
        return pending.containsKey(notification);
    }

    /** When the next one is due, if any is pending. */
    public Optional<Instant> next() {
        @Nullable Instant first = null;
        for (Entry entry : pending.values()) {
            first = first == null || entry.due().isBefore(first) ? entry.due() : first;
        }
        return Optional.ofNullable(first);
    }

    /** Takes those out that are due now, in the order in which they came. */
    public List<Due> take(Instant now) {
        List<Due> due = new ArrayList<>();
        pending.forEach((notification, entry) -> {
            if (!entry.due().isAfter(now)) {
                due.add(new Due(notification, entry.failures()));
            }
        });
        due.forEach(taken -> pending.remove(taken.notification()));
        return due;
    }

    /**
     * A notification that was taken has failed. It comes again, unless a newer change has put it in anew.
     *
     * @return when it comes again
     */
    public Instant failed(Due taken, Instant now) {
        Duration wait = firstRetry.multipliedBy(1L << Math.min(taken.failures(), MOST_DOUBLINGS));
        Instant due = now.plus(wait.compareTo(lastRetry) < 0 ? wait : lastRetry);
        pending.putIfAbsent(taken.notification(), new Entry(now, due, taken.failures() + 1));
        return due;
    }
}
