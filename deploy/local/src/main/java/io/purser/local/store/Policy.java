package io.purser.local.store;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.ParseException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A policy: path patterns and what they allow.
 *
 * @param text as it was given, HCL or JSON
 * @param rules pattern to capabilities
 */
record Policy(String text, Map<String, Set<Capability>> rules) {

    private static final Pattern PATH_BLOCK = Pattern.compile("path\\s+\"([^\"]*)\"\\s*\\{([^}]*)}");
    private static final Pattern CAPABILITIES = Pattern.compile("capabilities\\s*=\\s*\\[([^\\]]*)]");
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*(#|//).*$");

    static Policy parse(String text) {
        return text.stripLeading().startsWith("{") ? parseJson(text) : parseHcl(text);
    }

    private static Policy parseHcl(String text) {
        String code = COMMENT.matcher(text).replaceAll("");
        Map<String, Set<Capability>> rules = new LinkedHashMap<>();
        Matcher block = PATH_BLOCK.matcher(code);
        while (block.find()) {
            Matcher list = CAPABILITIES.matcher(block.group(2));
            if (list.find()) {
                add(rules, block.group(1), list.group(1).replace("\"", "").split(",", -1));
            }
        }
        String rest = PATH_BLOCK.matcher(code).replaceAll("").strip();
        if (!rest.isEmpty()) {
            throw new Refusal(
                    400,
                    "failed to parse policy: unexpected text: "
                            + rest.lines().findFirst().orElse(""));
        }
        return new Policy(text, rules);
    }

    private static Policy parseJson(String text) {
        Map<String, Set<Capability>> rules = new LinkedHashMap<>();
        try {
            JsonObject paths = Json.parse(text).asObject().get("path").asObject();
            for (JsonObject.Member path : paths) {
                Fields rule = new Fields(path.getValue().asObject());
                add(rules, path.getName(), rule.texts("capabilities").toArray(String[]::new));
            }
        } catch (ParseException | NullPointerException | UnsupportedOperationException e) {
            throw new Refusal(400, "failed to parse policy: it is neither HCL nor an object with \"path\"");
        }
        return new Policy(text, rules);
    }

    private static void add(Map<String, Set<Capability>> rules, String path, String[] names) {
        Set<Capability> capabilities = rules.computeIfAbsent(path, unused -> EnumSet.noneOf(Capability.class));
        for (String name : names) {
            if (!name.isBlank()) {
                capabilities.add(Capability.of(path, name.strip()));
            }
        }
    }
}
