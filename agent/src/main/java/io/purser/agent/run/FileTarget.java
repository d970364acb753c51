package io.purser.agent.run;

import io.purser.agent.config.FileConfig;
import io.purser.agent.config.FileConfig.SecretSource;
import io.purser.agent.config.FileConfig.TemplateFile;
import io.purser.agent.config.Notification;
import io.purser.agent.template.source.SecretRequest;
import io.purser.agent.volume.FileMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One file to render, and how far it has come. Confined to the loop's thread. */
final class FileTarget {

    private final FileConfig config;
    private final FileMode mode;
    private final List<Notification> notifications;

    private Set<SecretRequest> uses = Set.of();
    private Map<String, String> reads = Map.of();
    private boolean dirty = true;
    private boolean written;
    private @Nullable String problem;
    private @Nullable String clash;
    private int writeFailures;
    private Instant retryAt = Instant.MAX;

    FileTarget(FileConfig config) {
        this.config = config;
        this.mode = FileMode.parse(config.mode());
        List<Notification> parsed = new ArrayList<>();
        for (String text : config.notifications()) {
            parsed.add(Notification.parse(text));
        }
        if (config.command() != null) {
            parsed.add(new Notification.ShellCommand(config.command()));
        }
        this.notifications = List.copyOf(parsed);
    }

    FileConfig config() {
        return config;
    }

    String destination() {
        return config.destination();
    }

    FileMode mode() {
        return mode;
    }

    List<Notification> notifications() {
        return notifications;
    }

    /** What the user calls the template, for messages. */
    String origin() {
        FileConfig.Source source = config.source();
        if (source instanceof TemplateFile file) {
            return file.origin();
        }
        return source instanceof SecretSource secret ? secret.path() : "template " + config.name();
    }

    Set<SecretRequest> uses() {
        return uses;
    }

    void uses(Set<SecretRequest> requests) {
        uses = Set.copyOf(requests);
    }

    /** The files that it is made of, its template too: absolute paths and what they were when they were read. */
    Map<String, String> reads() {
        return reads;
    }

    void reads(Map<String, String> fingerprints) {
        reads = Map.copyOf(fingerprints);
    }

    boolean dirty() {
        return dirty;
    }

    /** Something that it is made of has changed. */
    void touch() {
        dirty = true;
    }

    /** Another template makes the same file: then neither is taken, for it would be either one or the other. */
    void clash(@Nullable String sentence) {
        if (!Objects.equals(clash, sentence)) {
            clash = sentence;
            touch();
        }
    }

    /** Why it is not known what it is made of, or null. */
    @Nullable
    String clash() {
        return clash;
    }

    /** Its bytes are on the volume. */
    void done() {
        dirty = false;
        written = true;
        problem = null;
        writeFailures = 0;
        retryAt = Instant.MAX;
    }

    /** An earlier run of the agent has written it, and it stays as it is until what stands in the way is mended. */
    void keeps() {
        written = true;
    }

    /** It cannot go on until something changes; returns whether that is news. */
    boolean stuck(String reason) {
        boolean news = !reason.equals(problem);
        dirty = false;
        problem = reason;
        retryAt = Instant.MAX;
        return news;
    }

    /** The volume refused it; returns whether that is news. */
    boolean refused(String reason, Instant retry) {
        boolean news = stuck(reason);
        writeFailures++;
        retryAt = retry;
        return news;
    }

    int writeFailures() {
        return writeFailures;
    }

    Instant retryAt() {
        return retryAt;
    }

    /** Whether it is on the volume, even if an earlier one that cannot be renewed at the moment. */
    boolean written() {
        return written;
    }

    /** Whether the file shows all that the agent knows. */
    boolean current() {
        return written && !dirty && problem == null;
    }

    /** Why it is not current, or null. */
    @Nullable
    String problem() {
        return problem;
    }
}
