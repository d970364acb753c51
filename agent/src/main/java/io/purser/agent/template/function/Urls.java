package io.purser.agent.template.function;

import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoMap;
import io.purser.agent.template.value.GoText;
import io.purser.agent.template.value.Kind;
import io.purser.agent.template.value.Values;
import java.io.ByteArrayOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes URLs apart and puts them together, as Go's net/url does for sprig. */
final class Urls {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:(.*)@)?(\\[[^\\]]*\\]|[^:\\[\\]]*)(?::([0-9]*))?", Pattern.DOTALL);
    private static final String USER_SAFE = "-_.~$&+,;=";
    private static final String PATH_SAFE = "-_.~$&+,/:;=@!'()*[]";
    private static final String FRAGMENT_SAFE = "-_.~$&+,/:;=?@!()*";

    private Urls() {}

    static GoMap parse(String url) {
        if (url.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new FunctionException("the URL holds a control character");
        }
        int hash = url.indexOf('#');
        String fragment = hash < 0 ? "" : unescape(url.substring(hash + 1));
        String rest = hash < 0 ? url : url.substring(0, hash);
        GoMap parts = GoMap.create();
        for (String name : new String[] {"scheme", "host", "hostname", "path", "query", "opaque", "userinfo"}) {
            parts.put(name, "");
        }
        parts.put("fragment", fragment);
        Matcher scheme = SCHEME.matcher(rest);
        if (scheme.matches()) {
            parts.put("scheme", scheme.group(1).toLowerCase(java.util.Locale.ROOT));
            rest = scheme.group(2);
        } else if (rest.startsWith(":")) {
            throw new FunctionException("the URL has a colon but no scheme before it");
        }
        int question = rest.indexOf('?');
        parts.put("query", question < 0 ? "" : rest.substring(question + 1));
        hierarchy(question < 0 ? rest : rest.substring(0, question), scheme.matches(), parts);
        return parts;
    }

    private static void hierarchy(String text, boolean hasScheme, GoMap parts) {
        String rest = text;
        if (!rest.startsWith("/")) {
            if (hasScheme) {
                parts.put("opaque", rest);
                return;
            }
            if (rest.split("/", 2)[0].contains(":")) {
                throw new FunctionException("the first part of the path holds a colon");
            }
        }
        if (rest.startsWith("//") && (hasScheme || !rest.startsWith("///"))) {
            int slash = rest.indexOf('/', 2);
            authority(rest.substring(2, slash < 0 ? rest.length() : slash), parts);
            rest = slash < 0 ? "" : rest.substring(slash);
        }
        parts.put("path", unescape(rest));
    }

    private static void authority(String text, GoMap parts) {
        Matcher matcher = AUTHORITY.matcher(text);
        if (!matcher.matches() || matcher.group(2).contains(" ")) {
            throw new FunctionException("the URL's host or port cannot be read");
        }
        String host = unescape(matcher.group(2));
        parts.put("hostname", host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        parts.put("host", host + (matcher.group(3) == null ? "" : ":" + matcher.group(3)));
        if (matcher.group(1) != null) {
            parts.put("userinfo", userInfo(matcher.group(1)));
        }
    }

    private static String userInfo(String text) {
        if (!text.chars()
                .allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || "-._:~!$&'()*+,;=%@".indexOf(c) >= 0))) {
            throw new FunctionException("the URL's user information holds a character that must be escaped");
        }
        int colon = text.indexOf(':');
        String user = Escapes.percent(unescape(colon < 0 ? text : text.substring(0, colon)), USER_SAFE, false);
        return colon < 0 ? user : user + ":" + Escapes.percent(unescape(text.substring(colon + 1)), USER_SAFE, false);
    }

    private static String unescape(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = GoText.bytes(text);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                out.write(bytes[i]);
                continue;
            }
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw new FunctionException("the URL holds a broken percent escape");
            }
            out.write(high * 16 + low);
            i += 2;
        }
        return GoText.of(out.toByteArray());
    }

    static String join(GoMap parts) {
        String scheme = part(parts, "scheme");
        String opaque = part(parts, "opaque");
        String host = part(parts, "host");
        String path = part(parts, "path");
        String user = part(parts, "userinfo");
        String query = part(parts, "query");
        String fragment = part(parts, "fragment");
        StringBuilder url = new StringBuilder(scheme.isEmpty() ? "" : scheme + ":");
        if (!opaque.isEmpty()) {
            url.append(opaque);
        } else {
            boolean authority = !scheme.isEmpty() || !host.isEmpty() || !user.isEmpty();
            if (authority && (!host.isEmpty() || !path.isEmpty() || !user.isEmpty())) {
                url.append("//").append(user.isEmpty() ? "" : userInfo(user) + "@");
                url.append(Escapes.percent(host, "-_.~!$&'()*+,;=:[]<>\"", false));
            }
            String escaped = path.equals("*") ? "*" : Escapes.percent(path, PATH_SAFE.replace("!'()*[]", ""), false);
            boolean relative = !escaped.isEmpty() && !escaped.startsWith("/");
            if (relative && !host.isEmpty()) {
                url.append('/');
            } else if (url.isEmpty() && relative && escaped.split("/", 2)[0].contains(":")) {
                url.append("./");
            }
            url.append(escaped);
        }
        url.append(query.isEmpty() ? "" : "?" + query);
        return url.append(fragment.isEmpty() ? "" : "#" + Escapes.percent(fragment, FRAGMENT_SAFE, false))
                .toString();
    }

    private static String part(GoMap parts, String name) {
        if (!parts.has(name)) {
            return "";
        }
        Object value = parts.get(name);
        if (Values.kind(value) != Kind.STRING) {
            throw new FunctionException("the part \"" + name + "\" must be a string");
        }
        return Values.text(value);
    }
}
