package io.purser.agent.template;

import io.purser.agent.template.source.Secret;
import io.purser.agent.template.source.SecretRequest;
import io.purser.agent.template.source.SourceException;
import io.purser.agent.template.source.TemplateContext;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The world of a template that formats one secret: whatever path it reads, it gets that one.
 *
 * @param value the secret
 */
record OneSecret(Secret value) implements TemplateContext {
    @Override
    public Secret secret(SecretRequest request) {
        return value;
    }

    @Override
    public List<String> secrets(SecretRequest.ListPath request) {
        return List.of();
    }

    @Override
    public Secret certificate(SecretRequest.PkiCert request) {
        return value;
    }

    @Override
    public String file(String path) {
        throw new SourceException("the format reads no file");
    }

    @Override
    public @Nullable String environment(String name) {
        return null;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH;
    }
}
