package io.purser.webhook.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern in an operator's policy: {@code *} stands for any letters, {@code {namespace}} and {@code {serviceaccount}} for
 * those of the pod.
 *
 * @param text as the operator wrote it
 */
public record Glob(String text) {

    private static final Set<String> PLACEHOLDERS = Set.of("namespace", "serviceaccount");

    /** A name between braces that is neither a template's action nor a shell's variable. */
    private static final Pattern BRACES = Pattern.compile("(?<![{$])\\{([A-Za-z_-]+)}(?!})");

    /** What looks like a placeholder and is none, with the one that is meant. */
    static Map<String, String> misspelt(String text) {
        Map<String, String> misspelt = new LinkedHashMap<>();
        Matcher braces = BRACES.matcher(text);
        while (braces.find()) {
            String nearest = Nearest.to(braces.group(1), PLACEHOLDERS);
            if (nearest != null && !nearest.equals(braces.group(1))) {
                misspelt.put(braces.group(), "{" + nearest + "}");
            }
        }
        return misspelt;
    }

    /** Whether the whole value is of the pattern. */
    public boolean matches(String value, Map<String, String> placeholders) {
        return matches(expand(text, placeholders).split("\\*", -1), value);
    }

    /** The text with the pod's names in the place of the placeholders. */
    public static String expand(String text, Map<String, String> placeholders) {
        String expanded = text;
        for (Map.Entry<String, String> placeholder : placeholders.entrySet()) {
            expanded = expanded.replace("{" + placeholder.getKey() + "}", placeholder.getValue());
        }
        return expanded;
    }

    /** The parts between the stars must come one after the other, the first at the start and the last at the end. */
    private static boolean matches(String[] parts, String value) {
        if (parts.length == 1) {
            return parts[0].equals(value);
        }
        String last = parts[parts.length - 1];
        if (!value.startsWith(parts[0])
                || value.length() < parts[0].length() + last.length()
                || !value.endsWith(last)) {
            return false;
        }
        int from = parts[0].length();
        int end = value.length() - last.length();
        for (int i = 1; i < parts.length - 1; i++) {
            int at = value.indexOf(parts[i], from);
            if (at < 0 || at + parts[i].length() > end) {
                return false;
            }
            from = at + parts[i].length();
        }
        return true;
    }

    @Override
    public String toString() {
        return text;
    }
}
