package io.purser.local.template;

import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import io.purser.agent.template.parse.Spelling;
import io.purser.agent.template.source.FileWrite;
import io.purser.agent.template.source.Secret;
import io.purser.agent.template.source.SecretRequest;
import io.purser.agent.template.source.SourceException;
import io.purser.agent.template.source.TemplateContext;
import io.purser.agent.template.value.GoText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store made of a JSON object from request to answer: {@code path}, {@code path?version=N}, {@code LIST path}, {@code PUT
 * path k1=v1 k2=v2}. Null is an answer without a body; a request that is not listed does not exist.
 */
final class FixtureContext implements TemplateContext {
    private final JsonObject answers;
    private final JsonObject environment;
    private final Path files;
    private final Instant now;

    /**
     * A context.
     *
     * @param answers by request
     * @param environment by variable
     * @param files a folder that stands for the root of the file system
     */
    FixtureContext(JsonObject answers, JsonObject environment, Path files, Instant now) {
        this.answers = answers;
        this.environment = environment;
        this.files = files;
        this.now = now;
    }

    @Override
    public @Nullable Secret secret(SecretRequest request) {
        JsonValue answer = answers.get(request.fixtureKey());
        if (answer == null) {
            throw missing(request);
        }
        if (answer.isNull()) {
            return null;
        }
        if (!answer.isObject()) {
            throw new SourceException("the answer to " + request + " must be a JSON object or null");
        }
        return Secret.of(answer.asObject());
    }

    /** The secrets of a fixture are made up, so the message may show what was looked for. */
    private SourceException missing(SecretRequest request) {
        return new SourceException("no secret exists at \"" + request.fixtureKey() + "\""
                + Spelling.suggestion(request.fixtureKey(), answers.names())
                + (answers.isEmpty() ? "; the secrets file is empty" : ""));
    }

    @Override
    public List<String> secrets(SecretRequest.ListPath request) {
        JsonValue answer = answers.get(request.fixtureKey());
        Secret secret = answer == null || !answer.isObject() ? null : Secret.of(answer.asObject());
        JsonValue keys =
                secret == null || secret.data() == null ? null : secret.data().get("keys");
        List<String> names = new ArrayList<>();
        if (keys != null && keys.isArray()) {
            for (JsonValue key : keys.asArray()) {
                if (!key.isString()) {
                    throw new SourceException("the answer to " + request + " lists something that is not a string");
                }
                names.add(key.asString());
            }
        }
        names.sort(GoText::compare);
        return names;
    }

    @Override
    public Secret certificate(SecretRequest.PkiCert request) {
        Secret secret = secret(request);
        if (secret == null) {
            throw new SourceException("no secret exists at " + request);
        }
        return secret;
    }

    @Override
    public String file(String path) {
        Path file = files.resolve(path.replaceFirst("^/+", "")).normalize();
        if (!file.startsWith(files.normalize())) {
            throw new SourceException("the file " + path + " lies outside of " + files);
        }
        try {
            return GoText.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new SourceException("the file " + path + " cannot be read; put it at " + file, e);
        }
    }

    @Override
    public @Nullable String environment(String name) {
        JsonValue value = environment.get(name);
        return value == null ? null : value.isString() ? value.asString() : value.toString();
    }

    @Override
    public Instant now() {
        return now;
    }

    /** A test looks at the one output; what is written beside it is let through. */
    @Override
    public void write(FileWrite write) {
        if (write.path().isEmpty()) {
            throw new SourceException("writeToFile needs a path");
        }
    }
}
