package io.purser.webhook.cli;

import io.purser.webhook.admission.Reviewer;
import io.purser.webhook.http.Webhook;
import io.purser.webhook.policy.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees when the policy file changes: a sound one is used at once, a faulty one is told and the one before is kept. */
final class PolicyWatch {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);

    private final Path file;
    private final Map<Option, String> options;
    private String seen;

    /**
     * A watch over the file as it is now; to be made before the policies are first read, so that no change falls in between: a webhook may wait
     * long for its certificate.
     *
     * @param options what the policies are put over
     */
    PolicyWatch(Path file, Map<Option, String> options) {
        this.file = file;
        this.options = options;
        this.seen = text(file);
    }

    /** Looks again and again, on a thread of its own that does not keep the process alive. */
    void begin(Webhook webhook) {
        ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "policy-watch");
            thread.setDaemon(true);
            return thread;
        });
        var unused = looks.scheduleWithFixedDelay(
                () -> look(webhook), PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks once. */
    void look(Webhook webhook) {
        String text = text(file);
        if (text.equals(seen)) {
            return;
        }
        seen = text;
        try {
            webhook.use(new Reviewer(SettingsFlags.policies(options, file)));
            LOG.info("The policies of {} are used from now on.", file);
        } catch (InputException e) {
            webhook.refusedPolicies();
            LOG.warn(
                    "The policy file {} has changed and is not sound, so the policies before are kept: {}",
                    file,
                    e.getMessage());
        }
    }

    /** Unreadable is a state like any other: reading it again says what is wrong. */
    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
