package io.purser.agent.template.format;

import com.bettercloud.vault.json.JsonObject;
import java.util.Locale;

/** {@code key=value} lines as {@link java.util.Properties} loads them, in ASCII so that any reader's charset will do. */
public final class PropertiesFile {
    private PropertiesFile() {}

    /** Writes the fields. */
    public static String write(JsonObject fields) {
        StringBuilder out = new StringBuilder();
        FieldValues.sorted(fields).forEach((name, value) -> {
            escape(name, true, out);
            out.append('=');
            escape(FieldValues.text(value), false, out);
            out.append('\n');
        });
        return out.toString();
    }

    private static void escape(String text, boolean key, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int control = "\t\n\f\r".indexOf(c);
            if (control >= 0) {
                out.append('\\').append("tnfr".charAt(control));
            } else if (c < ' ' || c > '~') {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                boolean blank = c == ' ' && (key || i == 0);
                out.append(blank || "\\=:#!".indexOf(c) >= 0 ? "\\" : "").append(c);
            }
        }
    }
}
