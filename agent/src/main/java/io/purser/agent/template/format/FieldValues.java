package io.purser.agent.template.format;

import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import io.purser.agent.template.encode.JsonWriter;
import io.purser.agent.template.function.SecretValues;
import java.util.Map;
import java.util.TreeMap;

/** The fields of a secret in the order of their names. */
final class FieldValues {
    private FieldValues() {}

    static Map<String, JsonValue> sorted(JsonObject fields) {
        Map<String, JsonValue> sorted = new TreeMap<>();
        for (JsonObject.Member field : fields) {
            sorted.put(field.getName(), field.getValue());
        }
        return sorted;
    }

    /** A string as it is, nothing for null, anything else as JSON in one line. */
    static String text(JsonValue value) {
        if (value.isString()) {
            return value.asString();
        }
        return value.isNull() ? "" : JsonWriter.write(SecretValues.of(value), false, false);
    }
}
