package io.purser.agent.template.function;

import io.purser.agent.template.print.Quoting;
import io.purser.agent.template.value.GoText;
import java.util.Locale;

/** Text made safe for HTML, JavaScript and URLs, as text/template does. */
final class Escapes {
    private Escapes() {}

    static String html(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.chars().forEach(c -> {
            switch (c) {
                case 0 -> escaped.append('\uFFFD');
                case '"' -> escaped.append("&#34;");
                case '\'' -> escaped.append("&#39;");
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                default -> escaped.append((char) c);
            }
        });
        return escaped.toString();
    }

    static String js(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (c == '\\' || c == '\'' || c == '"') {
                escaped.append('\\').append((char) c);
            } else if (c < ' ' || c == '<' || c == '>' || c == '&' || c == '=') {
                escaped.append(String.format("\\u%04X", c));
            } else if (GoText.isStray(c)) {
                escaped.append((char) c);
            } else if (c < 0x80 || Quoting.isPrintable(c)) {
                escaped.appendCodePoint(c);
            } else {
                escaped.append(String.format("\\u%04X", c));
            }
        });
        return escaped.toString();
    }

    static String urlQuery(String text) {
        return percent(text, "-_.~", true);
    }

    /** Percent-encodes every byte but letters, digits and those in safe; a blank becomes a plus where asked for. */
    static String percent(String text, String safe, boolean plus) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : GoText.bytes(text)) {
            int c = b & 0xff;
            boolean letterOrDigit = c < 0x80 && Character.isLetterOrDigit(c);
            if (letterOrDigit || safe.indexOf(c) >= 0) {
                escaped.append((char) c);
            } else if (c == ' ' && plus) {
                escaped.append('+');
            } else {
                escaped.append(String.format(Locale.ROOT, "%%%02X", c));
            }
        }
        return escaped.toString();
    }
}
