package io.purser.agent.template.source;

import com.bettercloud.vault.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a template may see while it is rendered. The engine asks as it evaluates, and may ask the same thing several times:
 * an implementation that fetches should remember its answers for the length of one rendering. It may throw {@link
 * SourceException} for anything it cannot give; the engine lets it through.
 */
public interface TemplateContext {

    /**
     * The store's answer to a read or a write.
     *
     * @param request a {@link SecretRequest.Read} or {@link SecretRequest.Write}
     * @return the answer, or null for an answer without a body (204)
     * @throws SourceException if there is no such secret or the store cannot be asked
     */
    @Nullable
    Secret secret(SecretRequest request);

    /**
     * The keys below a path, as the store lists them.
     *
     * @return the keys; empty if there is nothing at that path
     * @throws SourceException if the store cannot be asked
     */
    default List<String> secrets(SecretRequest.ListPath request) {
        Secret secret = secret(request);
        JsonValue listed =
                secret == null || secret.data() == null ? null : secret.data().get("keys");
        List<String> keys = new ArrayList<>();
        if (listed != null && listed.isArray()) {
            for (JsonValue key : listed.asArray()) {
                if (key.isString()) {
                    keys.add(key.asString());
                }
            }
        }
        return keys;
    }

    /**
     * A certificate that stays the same across renderings until it has to be renewed.
     *
     * @throws SourceException if the store cannot be asked
     */
    default Secret certificate(SecretRequest.PkiCert request) {
        Secret secret = secret(request);
        if (secret == null) {
            throw new SourceException(request + " was answered without a certificate");
        }
        return secret;
    }

    /**
     * A file's text.
     *
     * @param path as the template gave it, trimmed
     * @throws SourceException if it cannot be read
     */
    String file(String path);

    /** An environment variable of the pod, or null if it is not set. */
    @Nullable
    String environment(String name);

    /** The time of this rendering. */
    Instant now();

    /**
     * Writes a second file beside the rendered one (the function {@code writeToFile}).
     *
     * @throws SourceException if the file lies outside the secret volume or this context writes none
     */
    default void write(FileWrite write) {
        throw new SourceException("writeToFile \"" + write.path() + "\": files cannot be written here");
    }
}
