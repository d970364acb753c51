package io.purser.agent.config;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The committed JSON Schema, and as much of a validator as it needs; a keyword that it does not know is an error. */
final class Schema {

    private static final Set<String> NOTES = Set.of("$schema", "title", "description", "default");

    private Schema() {}

    static JsonObject load() throws IOException {
        try (InputStream in = AgentConfigJson.class.getResourceAsStream("agent-config.schema.json")) {
            return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .asObject();
        }
    }

    static List<String> violations(JsonObject schema, JsonValue value) {
        List<String> violations = new ArrayList<>();
        check(schema, value, "", violations);
        return violations;
    }

    private static void check(JsonObject schema, JsonValue value, String path, List<String> violations) {
        for (JsonObject.Member keyword : schema) {
            if (!NOTES.contains(keyword.getName()) && !holds(keyword, schema, value, path, violations)) {
                violations.add(path + " breaks " + keyword.getName());
            }
        }
    }

    private static boolean holds(
            JsonObject.Member keyword, JsonObject schema, JsonValue value, String path, List<String> violations) {
        JsonValue rule = keyword.getValue();
        return switch (keyword.getName()) {
            case "type" -> isOf(rule.asString(), value);
            case "const" -> rule.equals(value);
            case "enum" -> rule.asArray().values().contains(value);
            case "pattern" -> !value.isString() || matches(rule.asString(), value.asString());
            case "minLength" -> !value.isString() || value.asString().length() >= rule.asInt();
            case "minimum" -> !value.isNumber() || value.asDouble() >= rule.asDouble();
            case "maximum" -> !value.isNumber() || value.asDouble() <= rule.asDouble();
            case "exclusiveMinimum" -> !value.isNumber() || value.asDouble() > rule.asDouble();
            case "required" -> !value.isObject() || value.asObject().names().containsAll(texts(rule.asArray()));
            case "oneOf" ->
                rule.asArray().values().stream()
                                .filter(one -> violations(one.asObject(), value).isEmpty())
                                .count()
                        == 1;
            case "items" -> items(rule.asObject(), value, path, violations);
            case "properties", "additionalProperties" -> members(schema, value, path, violations);
            default -> throw new IllegalArgumentException("unknown keyword " + keyword.getName());
        };
    }

    private static boolean matches(String pattern, String text) {
        return java.util.regex.Pattern.compile(pattern).matcher(text).find();
    }

    private static boolean isOf(String type, JsonValue value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isNumber() && value.toString().matches("-?\\d+");
            case "number" -> value.isNumber();
            default -> throw new IllegalArgumentException("unknown type " + type);
        };
    }

    private static boolean items(JsonObject schema, JsonValue value, String path, List<String> violations) {
        if (value.isArray()) {
            int index = 0;
            for (JsonValue item : value.asArray()) {
                check(schema, item, path + "[" + index++ + "]", violations);
            }
        }
        return true;
    }

    private static boolean members(JsonObject schema, JsonValue value, String path, List<String> violations) {
        if (!value.isObject()) {
            return true;
        }
        JsonObject properties = schema.get("properties") == null
                ? new JsonObject()
                : schema.get("properties").asObject();
        JsonValue others = schema.get("additionalProperties");
        for (JsonObject.Member member : value.asObject()) {
            JsonValue property = properties.get(member.getName());
            String at = path.isEmpty() ? member.getName() : path + "." + member.getName();
            if (property != null) {
                check(property.asObject(), member.getValue(), at, violations);
            } else if (others != null && others.isFalse()) {
                violations.add(at + " is not known");
            } else if (others != null && others.isObject()) {
                check(others.asObject(), member.getValue(), at, violations);
            }
        }
        return true;
    }

    private static List<String> texts(JsonArray array) {
        return array.values().stream().map(JsonValue::asString).toList();
    }
}
