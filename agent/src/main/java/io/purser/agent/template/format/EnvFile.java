package io.purser.agent.template.format;

import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import java.util.HashMap;
import java.util.Map;

/** {@code NAME='value'} lines that a POSIX shell sources, every value in single quotes. */
public final class EnvFile {
    private EnvFile() {}

    /**
     * Writes the fields. A character that no variable's name can hold becomes an underscore.
     *
     * @throws IllegalArgumentException if two fields get one name, or a value holds a NUL, which no variable can
     */
    public static String write(JsonObject fields) {
        StringBuilder out = new StringBuilder();
        Map<String, String> taken = new HashMap<>();
        for (Map.Entry<String, JsonValue> field : FieldValues.sorted(fields).entrySet()) {
            String name = variable(field.getKey());
            String other = taken.put(name, field.getKey());
            if (other != null) {
                throw new IllegalArgumentException("the fields \"" + other + "\" and \"" + field.getKey()
                        + "\" would both be the variable " + name + ", rename one or use another format");
            }
            String value = FieldValues.text(field.getValue());
            if (value.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("the field \"" + field.getKey()
                        + "\" holds a NUL, which no environment variable can; use another format");
            }
            out.append(name).append("='").append(value.replace("'", "'\\''")).append("'\n");
        }
        return out.toString();
    }

    private static String variable(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9_]", "_");
        return safe.isEmpty() || Character.isDigit(safe.charAt(0)) ? "_" + safe : safe;
    }
}
