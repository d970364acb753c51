package io.purser.agent.config;

import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object of the configuration, read field by field. What is wrong goes to a list, and reading goes on with the
 * default, so that all mistakes are seen at once.
 */
final class ConfigNode {

    /** Of a whole number; they fit a long. */
    private static final int MOST_DIGITS = 18;

    private final String path;
    private final JsonObject json;
    private final List<String> violations;
    private final Set<String> known = new LinkedHashSet<>();

    ConfigNode(String path, JsonObject json, List<String> violations) {
        this.path = path;
        this.json = json;
        this.violations = violations;
    }

    boolean required(String name) {
        boolean present = present(name);
        if (!present) {
            report(name, "is missing");
        }
        return present;
    }

    String text(String name, String fallback) {
        String text = optionalText(name);
        return text == null ? fallback : text;
    }

    String requiredText(String name) {
        return required(name) ? text(name, "") : "";
    }

    @Nullable
    String optionalText(String name) {
        JsonValue value = value(name);
        return (value != null && is(value.isString(), name, "a string")) ? value.asString() : null;
    }

    boolean flag(String name, boolean fallback) {
        JsonValue value = value(name);
        return (value != null && is(value.isBoolean(), name, "true or false")) ? value.asBoolean() : fallback;
    }

    long number(String name, long fallback) {
        Long number = optionalNumber(name);
        return number == null ? fallback : number;
    }

    @Nullable
    Long optionalNumber(String name) {
        JsonValue value = value(name);
        return (value != null && is(whole(value), name, "a whole number")) ? Long.valueOf(value.asLong()) : null;
    }

    @Nullable
    Double optionalDecimal(String name) {
        JsonValue value = value(name);
        return (value != null && is(value.isNumber(), name, "a number")) ? Double.valueOf(value.asDouble()) : null;
    }

    Duration duration(String name, Duration fallback) {
        String text = optionalText(name);
        if (text == null) {
            return fallback;
        }
        Optional<Duration> duration = WireDuration.parse(text);
        if (duration.isEmpty()) {
            report(name, "\"" + text + "\" is not a duration such as \"5m\" or \"1h30m\"");
        }
        return duration.orElse(fallback);
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonValue value : array(name)) {
            if (value.isString()) {
                texts.add(value.asString());
            } else {
                report(name, "holds " + value + ", which is not a string");
            }
        }
        return texts;
    }

    Map<String, String> textMap(String name) {
        Map<String, String> map = new LinkedHashMap<>();
        JsonObject object = optionalObject(name);
        for (JsonObject.Member member : object == null ? new JsonObject() : object) {
            if (is(member.getValue().isString(), name + "." + member.getName(), "a string")) {
                map.put(member.getName(), member.getValue().asString());
            }
        }
        return map;
    }

    /** The object of this name, or null where there is none. */
    @Nullable
    ConfigNode optional(String name) {
        JsonObject object = optionalObject(name);
        return object == null ? null : child(name, object);
    }

    /** The object of this name; where it is missing, an empty one, so that its required fields are reported. */
    ConfigNode object(String name) {
        JsonObject object = optionalObject(name);
        return child(name, object == null ? new JsonObject() : object);
    }

    List<ConfigNode> objects(String name) {
        List<ConfigNode> objects = new ArrayList<>();
        int index = 0;
        for (JsonValue value : array(name)) {
            String element = name + "[" + index++ + "]";
            if (is(value.isObject(), element, "an object")) {
                objects.add(child(element, value.asObject()));
            }
        }
        return objects;
    }

    boolean present(String name) {
        known.add(name);
        JsonValue value = json.get(name);
        return value != null && !value.isNull();
    }

    void report(String name, String mistake) {
        violations.add((path.isEmpty() ? name : name.isEmpty() ? path : path + "." + name) + " " + mistake);
    }

    /**
     * Reports the fields that nobody asked for, and those given twice.
     *
     * @param read what was made of the others
     * @return the same
     */
    <T> T end(T read) {
        Set<String> seen = new LinkedHashSet<>();
        for (String name : json.names()) {
            if (!seen.add(name)) {
                report(name, "is given twice");
            } else if (!known.contains(name)) {
                report(
                        name,
                        "is not known"
                                + NearestName.of(name, known)
                                        .map(nearest -> "; did you mean " + nearest + "?")
                                        .orElse(""));
            }
        }
        return read;
    }

    private ConfigNode child(String name, JsonObject object) {
        return new ConfigNode(path.isEmpty() ? name : path + "." + name, object, violations);
    }

    private List<JsonValue> array(String name) {
        JsonValue value = value(name);
        return value != null && is(value.isArray(), name, "a list")
                ? value.asArray().values()
                : List.of();
    }

    private @Nullable JsonObject optionalObject(String name) {
        JsonValue value = value(name);
        return (value != null && is(value.isObject(), name, "an object")) ? value.asObject() : null;
    }

    private @Nullable JsonValue value(String name) {
        return present(name) ? json.get(name) : null;
    }

    /** Whether a value is what is expected; reports it if not. */
    private boolean is(boolean asExpected, String name, String expected) {
        if (!asExpected) {
            report(name, "must be " + expected);
        }
        return asExpected;
    }

    /** Counted, not matched: the first pattern of a start costs it 5 ms. */
    private static boolean whole(JsonValue value) {
        String number = value.isNumber() ? value.toString() : "";
        int first = number.startsWith("-") ? 1 : 0;
        int digits = first;
        while (digits < number.length() && number.charAt(digits) >= '0' && number.charAt(digits) <= '9') {
            digits++;
        }
        return digits == number.length() && digits > first && digits - first <= MOST_DIGITS;
    }
}
