package io.purser.agent.run;

import io.purser.agent.template.source.FileWrite;
import io.purser.agent.template.source.Secret;
import io.purser.agent.template.source.SecretRequest;
import io.purser.agent.template.source.SourceException;
import io.purser.agent.template.source.TemplateContext;
import io.purser.agent.template.value.GoText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one rendering sees: the answers that the agent has. A request without an answer ends the rendering with {@link
 * NotYetException}; what the template wants written is kept until the rendering has succeeded.
 */
final class AgentContext implements TemplateContext {

    private final SecretBook book;
    private final PodPaths paths;
    private final Path forbidden;
    private final Instant now;
    private final Set<SecretRequest> used = new LinkedHashSet<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private final List<FileWrite> writes = new ArrayList<>();

    /** @param forbidden the agent's own state, which no template reads */
    AgentContext(SecretBook book, PodPaths paths, Path forbidden, Instant now) {
        this.book = book;
        this.paths = paths;
        this.forbidden = forbidden;
        this.now = now;
    }

    /** What the template asked for so far, the unanswered request included. */
    Set<SecretRequest> used() {
        return used;
    }

    /** The files that were read, by absolute path, with their fingerprints from before they were. */
    Map<String, String> files() {
        return files;
    }

    /** Notes that a file is about to be read. */
    void reads(String path) {
        files.put(path, Fingerprint.of(paths.of(path)));
    }

    List<FileWrite> writes() {
        return writes;
    }

    @Override
    public @Nullable Secret secret(SecretRequest request) {
        used.add(request);
        SecretBook.Answer answer = book.answer(request);
        if (answer == null) {
            throw new NotYetException(request);
        }
        return answer.secret();
    }

    @Override
    public String file(String path) {
        if (!path.startsWith("/")) {
            throw new SourceException("the file \"" + path + "\" has no absolute path");
        }
        Path file = paths.of(path);
        if (file.startsWith(forbidden)) {
            throw new SourceException("the file " + path + " is the agent's own");
        }
        reads(path);
        try {
            return GoText.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new AbsentFileException(path);
        } catch (IOException e) {
            throw new SourceException(
                    "the file " + path + " cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    @Override
    public @Nullable String environment(String name) {
        return System.getenv(name);
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void write(FileWrite write) {
        writes.add(write);
    }
}
