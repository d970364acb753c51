package io.purser.local.template;

import io.purser.agent.lease.AuthToken;
import io.purser.agent.lease.SecretStore;
import io.purser.agent.template.source.Secret;
import io.purser.agent.template.source.SecretRequest;
import io.purser.agent.template.source.SourceException;
import io.purser.agent.template.source.TemplateContext;
import io.purser.agent.template.value.GoText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A real store, this machine's files and environment. Each request is sent once. */
final class StoreContext implements TemplateContext {
    private final SecretStore store;
    private final AuthToken token;
    private final Instant now;
    private final Map<SecretRequest, Optional<Secret>> answers = new HashMap<>();

    StoreContext(SecretStore store, AuthToken token, Instant now) {
        this.store = store;
        this.token = token;
        this.now = now;
    }

    @Override
    public @Nullable Secret secret(SecretRequest request) {
        return answers.computeIfAbsent(request, asked -> Optional.ofNullable(store.fetch(asked, token)))
                .orElse(null);
    }

    @Override
    public String file(String path) {
        try {
            return GoText.of(Files.readAllBytes(Path.of(path)));
        } catch (IOException e) {
            throw new SourceException(
                    "the file " + path + " cannot be read; check that it exists and you may read it", e);
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
}
