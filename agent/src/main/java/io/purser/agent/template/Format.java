package io.purser.agent.template;

import io.purser.agent.template.source.Secret;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The formats of a secret that needs no template. */
public enum Format {
    /** The fields as a JSON object. */
    JSON,
    /** The fields as a YAML mapping. */
    YAML,
    /** {@code KEY='value'} lines, as a POSIX shell sources them. */
    ENV,
    /** As {@link java.util.Properties} loads them. */
    PROPERTIES,
    /** One field's value, nothing else. */
    RAW,
    /** {@code key: value} lines. */
    MAP,
    /** The default template {@code map} of Vault's injector. */
    PEER_MAP,
    /** The default template {@code json} of Vault's injector. */
    PEER_JSON;

    /**
     * The format of a name as annotations write it, for example {@code env} or {@code peer-map}.
     *
     * @throws IllegalArgumentException if there is none of that name; the message lists the known ones
     */
    public static Format of(String name) {
        for (Format format : values()) {
            if (format.toString().equals(name)) {
                return format;
            }
        }
        throw new IllegalArgumentException(
                "\"" + name + "\" is no format; write one of json, yaml, env, properties, raw, map");
    }

    /**
     * Renders a secret.
     *
     * @param field the one field to render, or null for all; {@link #RAW} needs one unless the secret has only one
     * @throws IllegalArgumentException if the secret has no such field; the message names fields, never values
     */
    public byte[] render(Secret secret, @Nullable String field) {
        if (secret.fields().isEmpty()) {
            return new byte[0];
        }
        throw new UnsupportedOperationException(this + " of " + field + " follows");
    }

    /** The name as annotations write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
