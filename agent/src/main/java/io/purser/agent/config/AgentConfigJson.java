package io.purser.agent.config;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonValue;
import com.bettercloud.vault.json.ParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * The contract as JSON. What is null or has its default is left out, so that {@code PURSER_CONFIG} stays short. The schema
 * is the resource {@code agent-config.schema.json} beside this class.
 */
public final class AgentConfigJson {

    /** Deeper text is refused unread, because the parser recurses. */
    private static final int DEEPEST = 16;

    private AgentConfigJson() {}

    /** The configuration as one line of JSON. */
    public static String write(AgentConfig config) {
        return AgentConfigWriter.json(config).toString();
    }

    /**
     * Reads and checks a configuration.
     *
     * @throws AgentConfigException with every violation: unknown fields, wrong types, values that cannot be
     */
    public static AgentConfig read(String json) throws AgentConfigException {
        List<String> violations = new ArrayList<>();
        JsonValue value = parse(json);
        if (!value.isObject()) {
            throw new AgentConfigException(List.of("it is not a JSON object"));
        }
        ConfigNode root = new ConfigNode("", value.asObject(), violations);
        int version = root.required("version") ? (int) root.number("version", 0) : 0;
        if (violations.isEmpty() && version != AgentConfig.VERSION) {
            throw new AgentConfigException(
                    List.of("version " + version + " is not known to this agent, which reads version "
                            + AgentConfig.VERSION + "; use an agent of the webhook's release"));
        }
        AgentConfig config = AgentConfigReader.read(root);
        if (violations.isEmpty()) {
            violations.addAll(ConfigRules.violations(config));
        }
        if (!violations.isEmpty()) {
            throw new AgentConfigException(violations);
        }
        return config;
    }

    private static JsonValue parse(String json) throws AgentConfigException {
        if (depth(json) > DEEPEST) {
            throw new AgentConfigException(List.of("it is nested deeper than " + DEEPEST + " levels"));
        }
        try {
            return Json.parse(json);
        } catch (ParseException e) {
            throw new AgentConfigException(
                    List.of("it is not JSON: line " + e.getLine() + ", column " + e.getColumn()));
        }
    }

    /** Brackets in texts do not count: templates are full of them. */
    private static int depth(String json) {
        int depth = 0;
        int deepest = 0;
        boolean inText = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (inText && c == '\\') {
                i++;
            } else if (c == '"') {
                inText = !inText;
            } else if (!inText && (c == '{' || c == '[')) {
                deepest = Math.max(deepest, ++depth);
            } else if (!inText && (c == '}' || c == ']')) {
                depth--;
            }
        }
        return deepest;
    }
}
