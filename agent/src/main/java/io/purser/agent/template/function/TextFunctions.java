package io.purser.agent.template.function;

import io.purser.agent.template.value.Bounds;
import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoList;
import io.purser.agent.template.value.GoMap;
import io.purser.agent.template.value.GoType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The agent's functions on text; the text always comes last, so that it can be piped in. */
final class TextFunctions implements FunctionGroup {
    @Override
    public String signatures() {
        return """
                base64Decode(text string) string
                base64Encode(text string) string
                base64URLDecode(text string) string
                base64URLEncode(text string) string
                hmacSHA256Hex(message string, key string) string
                indent(spaces int, text string) string
                join(separator string, list []string) string
                md5sum(text string) string
                regexMatch(pattern string, text string) bool
                regexReplaceAll(pattern string, replacement string, text string) string
                replaceAll(old string, new string, text string) string
                sha256Hex(text string) string
                split(separator string, text string) []string
                splitToMap(separator string, keyValueSeparator string, text string) map[string]string
                toLower(text string) string
                toTitle(text string) string
                toUpper(text string) string
                trim(characters string, text string) string
                trimPrefix(prefix string, text string) string
                trimSpace(text string) string
                trimSuffix(suffix string, text string) string
                """;
    }

    @Override
    public @Nullable Object call(String name, Arguments a, Session session) {
        return switch (name) {
            case "base64Decode" -> Base64Text.decode(a.text(0));
            case "base64Encode" -> Base64Text.encode(a.text(0));
            case "base64URLDecode" -> Base64Text.decodeUrl(a.text(0));
            case "base64URLEncode" -> Base64Text.encodeUrl(a.text(0));
            case "hmacSHA256Hex" -> Hashes.hmacSha256(a.text(0), a.text(1));
            case "md5sum" -> Hashes.hex("MD5", a.text(0));
            case "sha256Hex" -> Hashes.hex("SHA-256", a.text(0));
            case "indent" -> indent(a.count(0), a.text(1));
            case "join" -> String.join(a.text(0), a.list(1).strings());
            case "regexMatch" -> Patterns.matches(a.text(0), a.text(1));
            case "regexReplaceAll" -> Patterns.replaceAll(a.text(0), a.text(2), a.text(1));
            case "replaceAll" -> Texts.replace(a.text(2), a.text(0), a.text(1));
            case "split" -> split(a.text(0), a.text(1));
            case "splitToMap" -> splitToMap(a.text(0), a.text(1), a.text(2));
            case "toLower" -> Cases.lower(a.text(0));
            case "toTitle" -> Cases.titleWords(a.text(0));
            case "toUpper" -> Cases.upper(a.text(0));
            case "trim" -> Texts.trim(a.text(1), a.text(0));
            case "trimPrefix" -> Texts.trimPrefix(a.text(1), a.text(0));
            case "trimSpace" -> Texts.trimSpace(a.text(0));
            case "trimSuffix" -> Texts.trimSuffix(a.text(1), a.text(0));
            default -> throw new FunctionException("it cannot be called this way");
        };
    }

    /** Indents each line that is not empty. */
    private static String indent(int spaces, String text) {
        if (spaces < 0) {
            throw new FunctionException("the number of blanks must not be negative");
        }
        String prefix = Texts.repeat(" ", spaces);
        StringBuilder indented = new StringBuilder();
        boolean lineStarts = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (lineStarts && c != '\n') {
                Bounds.checkText((long) indented.length() + prefix.length());
                indented.append(prefix);
            }
            indented.append(c);
            lineStarts = c == '\n';
        }
        return indented.toString();
    }

    private static GoList split(String separator, String text) {
        String trimmed = Texts.trimSpace(text);
        return GoList.ofStrings(trimmed.isEmpty() ? List.of() : Texts.split(trimmed, separator, -1));
    }

    private static GoMap splitToMap(String separator, String keyValueSeparator, String text) {
        GoMap map = GoMap.create(GoType.STRING_MAP);
        String trimmed = Texts.trimSpace(text);
        if (trimmed.isEmpty()) {
            return map;
        }
        for (String part : Texts.split(trimmed, separator, -1)) {
            int at = part.indexOf(keyValueSeparator);
            if (at >= 0) {
                map.put(part.substring(0, at), part.substring(at + keyValueSeparator.length()));
            }
        }
        return map;
    }
}
