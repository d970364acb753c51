package io.purser.agent.template;

import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import io.purser.agent.template.source.Secret;
import io.purser.agent.template.source.SecretRequest;
import io.purser.agent.template.source.SourceException;
import io.purser.agent.template.source.TemplateContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The world of one case: what {@code vault}, {@code files} and {@code env} of the case say, and nothing else. */
record CaseContext(JsonObject vault, JsonObject files, JsonObject env) implements TemplateContext {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    static CaseContext of(JsonObject theCase) {
        return new CaseContext(object(theCase, "vault"), object(theCase, "files"), object(theCase, "env"));
    }

    private static JsonObject object(JsonObject theCase, String name) {
        JsonValue value = theCase.get(name);
        return value == null || value.isNull() ? new JsonObject() : value.asObject();
    }

    @Override
    public Secret secret(SecretRequest request) {
        JsonValue answer = vault.get(request.fixtureKey());
        if (answer == null) {
            throw new SourceException("no secret exists at " + request.fixtureKey());
        }
        return answer.isNull() ? null : Secret.of(answer.asObject());
    }

    @Override
    public List<String> secrets(SecretRequest.ListPath request) {
        JsonValue answer = vault.get(request.fixtureKey());
        List<String> keys = new ArrayList<>();
        if (answer == null || answer.isNull()) {
            return keys;
        }
        for (JsonValue key :
                answer.asObject().get("data").asObject().get("keys").asArray()) {
            if (!key.isString()) {
                throw new SourceException("non-string in list");
            }
            keys.add(key.asString());
        }
        return keys;
    }

    @Override
    public Secret certificate(SecretRequest.PkiCert request) {
        return secret(request);
    }

    @Override
    public String file(String path) {
        JsonValue text = files.get(path);
        if (text == null) {
            throw new SourceException("no file " + path);
        }
        return text.asString();
    }

    @Override
    public String environment(String name) {
        JsonValue value = env.get(name);
        return value == null ? null : value.asString();
    }

    @Override
    public Instant now() {
        return NOW;
    }
}
