package io.purser.local.store;

import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a request's body as Vault does: a list may be a comma-separated string, a duration may be seconds
 * or Go's form, null is the same as absent.
 *
 * @param json the body
 */
record Fields(JsonObject json) {

    private static final Pattern STEP = Pattern.compile("(\\d+)(ms|s|m|h|d)");

    @Nullable
    JsonValue value(String name) {
        JsonValue value = json.get(name);
        return value == null || value.isNull() ? null : value;
    }

    String text(String name) {
        return text(name, "");
    }

    String text(String name, String otherwise) {
        JsonValue value = value(name);
        if (value == null) {
            return otherwise;
        }
        return value.isString() ? value.asString() : value.toString();
    }

    boolean flag(String name, boolean otherwise) {
        String text = text(name);
        return text.isEmpty() ? otherwise : text.equals("true");
    }

    int number(String name, int otherwise) {
        String text = text(name);
        return text.isEmpty() ? otherwise : Integer.parseInt(text);
    }

    List<String> texts(String name) {
        JsonValue value = value(name);
        if (value == null) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            value.asArray().forEach(item -> texts.add(item.isString() ? item.asString() : item.toString()));
        } else {
            for (String item : text(name).split(",", -1)) {
                if (!item.isBlank()) {
                    texts.add(item.strip());
                }
            }
        }
        return texts;
    }

    /** A duration; zero where the field is absent. */
    Duration duration(String name) {
        return duration(name, Duration.ZERO);
    }

    Duration duration(String name, Duration otherwise) {
        String text = text(name);
        return text.isEmpty() ? otherwise : parseDuration(name, text);
    }

    static Duration parseDuration(String name, String text) {
        if (text.matches("\\d+")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        Matcher steps = STEP.matcher(text);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (steps.find() && steps.start() == end) {
            sum = sum.plus(step(Long.parseLong(steps.group(1)), steps.group(2)));
            end = steps.end();
        }
        if (end != text.length()) {
            throw new Refusal(
                    400,
                    "Field validation failed: error converting input for field \"" + name
                            + "\": time: invalid duration \"" + text + "\"");
        }
        return sum;
    }

    private static Duration step(long count, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    static JsonArray array(Iterable<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
