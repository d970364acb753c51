package io.purser.agent.config;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonValue;
import com.bettercloud.vault.json.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parser of the text of a notification. */
final class NotificationText {

    private static final Pattern HTTP = Pattern.compile("(?<port>[0-9]{1,5})(?<path>/[!-~]*)?");

    /** What a URI's path and query take beside letters and digits; anything else could not be sent. */
    private static final String URI_MARKS = "-._~!$&'()*+,;=:@/?";

    private static final int LAST_PORT = 65535;

    private NotificationText() {}

    static Notification parse(String text) {
        String trimmed = text.strip();
        int colon = trimmed.indexOf(':');
        String kind = colon < 0 ? trimmed : trimmed.substring(0, colon);
        String rest = colon < 0 ? "" : trimmed.substring(colon + 1);
        return switch (kind) {
            case "signal" -> signal(text, rest);
            case "exec" -> exec(text, rest);
            case "http" -> http(text, rest);
            default ->
                throw wrong(
                        text,
                        "is of no known kind",
                        "write signal:HUP:PROCESS, exec:[\"PROGRAM\",\"ARGUMENT\"] or http:PORT/PATH");
        };
    }

    private static Notification signal(String text, String rest) {
        int colon = rest.indexOf(':');
        String target = colon < 0 ? "" : rest.substring(colon + 1).strip();
        if (target.isEmpty()) {
            throw wrong(text, "names no process", "write signal:HUP:PROCESS or signal:HUP:/path/of/a.pid");
        }
        String name = rest.substring(0, colon).strip();
        Signal signal = Signal.of(name)
                .orElseThrow(() -> wrong(
                        text, "has the unknown signal \"" + name + "\"", "use a name such as HUP or USR1, or 1 to 64"));
        if (target.startsWith("/")) {
            return new Notification.SignalPidFile(signal, target);
        }
        if (target.contains("/")) {
            throw wrong(
                    text,
                    "names the process with a directory",
                    "give the program's name alone, or a pid file's absolute path");
        }
        return new Notification.SignalProcess(signal, target);
    }

    private static Notification exec(String text, String rest) {
        if (isNested(rest)) {
            throw wrong(text, "has an argument that is no string", "put every argument in double quotes");
        }
        JsonValue json;
        try {
            json = Json.parse(rest);
        } catch (ParseException e) {
            throw wrong(text, "is not JSON after \"exec:\"", "write exec:[\"PROGRAM\",\"ARGUMENT\"]");
        }
        if (!json.isArray() || json.asArray().isEmpty()) {
            throw wrong(text, "is not a list with a program in it", "write exec:[\"PROGRAM\",\"ARGUMENT\"]");
        }
        List<String> argv = new ArrayList<>();
        for (JsonValue argument : json.asArray()) {
            if (!argument.isString()) {
                throw wrong(text, "has an argument that is no string", "put every argument in double quotes");
            }
            argv.add(argument.asString());
        }
        if (argv.get(0).isBlank()) {
            throw wrong(text, "names no program", "write exec:[\"PROGRAM\",\"ARGUMENT\"]");
        }
        return new Notification.Exec(argv);
    }

    private static Notification http(String text, String rest) {
        Matcher matcher = HTTP.matcher(rest.strip());
        int port = matcher.matches() ? Integer.parseInt(matcher.group("port")) : 0;
        if (port < 1 || port > LAST_PORT) {
            throw wrong(text, "has no port from 1 to 65535", "write http:PORT/PATH, for example http:8080/reload");
        }
        String path = matcher.group("path");
        if (path != null && !isSendable(path)) {
            throw wrong(text, "has a character that no URI has", "write it as %XX, with its code in hexadecimal");
        }
        return new Notification.HttpRequest(port, path == null ? "/" : path);
    }

    private static boolean isSendable(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean escape = c == '%'
                    && i + 2 < path.length()
                    && Character.digit(path.charAt(i + 1), 16) >= 0
                    && Character.digit(path.charAt(i + 2), 16) >= 0;
            if (!escape && !Character.isLetterOrDigit(c) && URI_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether a list or an object is inside another: the parser recurses, and this text is anybody's. */
    private static boolean isNested(String json) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '[' || c == '{') && ++depth > 1) {
                return true;
            }
        }
        return false;
    }

    private static IllegalArgumentException wrong(String text, String what, String right) {
        return new IllegalArgumentException("the notification \"" + text + "\" " + what + "; " + right);
    }
}
