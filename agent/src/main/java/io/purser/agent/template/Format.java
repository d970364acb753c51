package io.purser.agent.template;

import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import io.purser.agent.template.encode.JsonWriter;
import io.purser.agent.template.format.EnvFile;
import io.purser.agent.template.format.PropertiesFile;
import io.purser.agent.template.format.YamlFile;
import io.purser.agent.template.function.SecretValues;
import io.purser.agent.template.parse.Spelling;
import io.purser.agent.template.parse.TemplateOptions;
import io.purser.agent.template.source.Secret;
import io.purser.agent.template.value.GoText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The formats of a secret that needs no template. */
public enum Format {
    /** The fields as a JSON object, numbers as the store sent them. */
    JSON,
    /** The fields as a YAML mapping. */
    YAML,
    /** {@code KEY='value'} lines, as a POSIX shell sources them. */
    ENV,
    /** As {@link java.util.Properties} loads them. */
    PROPERTIES,
    /** One field's value, nothing else. */
    RAW,
    /** {@code key: value} lines, which are YAML too. */
    MAP,
    /** The default template {@code map} of Vault's injector. */
    PEER_MAP,
    /** The default template {@code json} of Vault's injector. */
    PEER_JSON;

    private static final String PEER_MAP_TEMPLATE =
            "{{ with secret \"_\" }}{{ range $k, $v := .Data }}{{ $k }}: {{ $v }}\n{{ end }}{{ end }}";
    private static final String PEER_JSON_TEMPLATE = "{{ with secret \"_\" }}{{ .Data | toJSON }}\n{{ end }}";

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
     * @return the file's bytes
     * @throws IllegalArgumentException if the secret has no such field or the format cannot hold it; the message names
     *     fields, never values
     */
    public byte[] render(Secret secret, @Nullable String field) {
        return GoText.bytes(
                switch (this) {
                    case JSON -> JsonWriter.write(SecretValues.of(fields(secret, field)), true, false) + "\n";
                    case YAML -> YamlFile.write(fields(secret, field));
                    case ENV -> EnvFile.write(fields(secret, field));
                    case PROPERTIES -> PropertiesFile.write(fields(secret, field));
                    case MAP -> YamlFile.lines(fields(secret, field));
                    case RAW -> raw(secret, field);
                    case PEER_MAP -> template(PEER_MAP_TEMPLATE, secret);
                    case PEER_JSON -> template(PEER_JSON_TEMPLATE, secret);
                });
    }

    private static JsonObject fields(Secret secret, @Nullable String field) {
        JsonObject fields = secret.fields();
        if (field == null) {
            return fields;
        }
        return new JsonObject().add(field, required(fields, field));
    }

    private static JsonValue required(JsonObject fields, String field) {
        JsonValue value = fields.get(field);
        if (value == null) {
            throw new IllegalArgumentException(
                    "the secret has no field \"" + field + "\"" + Spelling.suggestion(field, fields.names()));
        }
        return value;
    }

    private static String raw(Secret secret, @Nullable String field) {
        JsonObject fields = secret.fields();
        if (field == null && fields.size() != 1) {
            throw new IllegalArgumentException(
                    "the format raw needs one field, name it after the path as in path#field;" + " the secret has "
                            + fields.names());
        }
        JsonValue value = required(fields, field == null ? fields.names().get(0) : field);
        if (value.isString()) {
            return value.asString();
        }
        return value.isNull() ? "" : JsonWriter.write(SecretValues.of(value), false, false);
    }

    private static String template(String text, Secret secret) {
        return Template.parse("peer", text, TemplateOptions.DEFAULT).render(new OneSecret(secret));
    }

    /** The name as annotations write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
