package io.purser.agent.template.function;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.purser.agent.template.value.Bounds;
import io.purser.agent.template.value.FunctionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** RE2 regular expressions as Go's package regexp uses them. */
final class Patterns {
    private static final int MAX_PATTERN = 4_000;

    private Patterns() {}

    private static Pattern compile(String pattern) {
        if (pattern.length() > MAX_PATTERN) {
            throw new FunctionException("the regular expression is longer than " + MAX_PATTERN + " characters");
        }
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new FunctionException("the regular expression cannot be read: " + e.getDescription());
        } catch (StackOverflowError e) {
            throw new FunctionException("the regular expression nests too deeply");
        }
    }

    static boolean matches(String pattern, String text) {
        return compile(pattern).matcher(text).find();
    }

    static boolean isValid(String pattern) {
        try {
            compile(pattern);
            return true;
        } catch (FunctionException e) {
            return false;
        }
    }

    /** A match: where it begins and ends. */
    private record Span(int start, int end) {}

    /** Go counts no empty match right after another match, and none inside of a character. */
    private static boolean counts(Matcher match, String text, int previousEnd) {
        int start = match.start();
        boolean inside = start > 0
                && start < text.length()
                && Character.isSurrogatePair(text.charAt(start - 1), text.charAt(start));
        return start != match.end() || (start != previousEnd && !inside);
    }

    /** All matches that count. */
    private static List<Span> spans(String pattern, String text) {
        Matcher matcher = compile(pattern).matcher(text);
        List<Span> spans = new ArrayList<>();
        int previousEnd = -1;
        while (matcher.find()) {
            if (counts(matcher, text, previousEnd)) {
                spans.add(new Span(matcher.start(), matcher.end()));
            }
            previousEnd = matcher.end();
        }
        return spans;
    }

    static List<String> findAll(String pattern, String text, int limit) {
        List<String> found = spans(pattern, text).stream()
                .map(span -> text.substring(span.start(), span.end()))
                .toList();
        return limit < 0 || limit >= found.size() ? found : found.subList(0, limit);
    }

    static String find(String pattern, String text) {
        Matcher matcher = compile(pattern).matcher(text);
        return matcher.find() ? matcher.group() : "";
    }

    static List<String> split(String pattern, String text, int limit) {
        compile(pattern); // a broken pattern is an error even where there is nothing to split
        List<String> parts = new ArrayList<>();
        if (limit == 0) {
            return parts;
        }
        if (!pattern.isEmpty() && text.isEmpty()) {
            return List.of("");
        }
        int begin = 0;
        int end = 0;
        for (Span span : spans(pattern, text)) {
            if (limit > 0 && parts.size() == limit - 1) {
                break;
            }
            end = span.start();
            if (span.end() != 0) {
                parts.add(text.substring(begin, end));
            }
            begin = span.end();
        }
        if (end != text.length()) {
            parts.add(text.substring(begin));
        }
        return parts;
    }

    static String replaceAllLiteral(String pattern, String text, String replacement) {
        Matcher matcher = compile(pattern).matcher(text);
        return replace(matcher, text, (at, out) -> out.append(replacement));
    }

    /** Replaces all matches; {@code $1}, {@code $name} and {@code ${name}} in the replacement stand for groups. */
    static String replaceAll(String pattern, String text, String replacement) {
        Pattern compiled = compile(pattern);
        Matcher matcher = compiled.matcher(text);
        return replace(matcher, text, (at, out) -> expand(replacement, at, compiled.namedGroups(), out));
    }

    private interface Replacement {
        void append(Matcher match, StringBuilder out);
    }

    private static String replace(Matcher matcher, String text, Replacement replacement) {
        StringBuilder out = new StringBuilder();
        int copied = 0;
        int previousEnd = -1;
        while (matcher.find()) {
            if (counts(matcher, text, previousEnd)) {
                out.append(text, copied, matcher.start());
                replacement.append(matcher, out);
                Bounds.checkText(out.length());
                copied = matcher.end();
            }
            previousEnd = matcher.end();
        }
        return out.append(text, copied, text.length()).toString();
    }

    private static void expand(String template, Matcher match, Map<String, Integer> names, StringBuilder out) {
        int position = 0;
        while (position < template.length()) {
            char c = template.charAt(position);
            if (c != '$' || position + 1 >= template.length()) {
                out.append(c);
                position++;
                continue;
            }
            if (template.charAt(position + 1) == '$') {
                out.append('$');
                position += 2;
                continue;
            }
            boolean braces = template.charAt(position + 1) == '{';
            int start = position + (braces ? 2 : 1);
            int end = start;
            while (end < template.length() && isNameCharacter(template.codePointAt(end))) {
                end += Character.charCount(template.codePointAt(end));
            }
            boolean closed = !braces || (end < template.length() && template.charAt(end) == '}');
            if (end == start || !closed) {
                out.append('$');
                position++;
                continue;
            }
            out.append(group(template.substring(start, end), match, names));
            position = end + (braces ? 1 : 0);
        }
    }

    private static boolean isNameCharacter(int c) {
        return c == '_' || Character.isLetter(c) || Character.isDigit(c);
    }

    private static String group(String name, Matcher match, Map<String, Integer> names) {
        Integer index = name.matches("[0-9]{1,8}") && (name.equals("0") || !name.startsWith("0"))
                ? Integer.valueOf(name)
                : names.get(name);
        if (index == null || index > match.groupCount()) {
            return "";
        }
        String group = match.group(index);
        return group == null ? "" : group;
    }
}
