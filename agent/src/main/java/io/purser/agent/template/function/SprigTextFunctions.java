package io.purser.agent.template.function;

import io.purser.agent.template.print.Printer;
import io.purser.agent.template.print.Quoting;
import io.purser.agent.template.print.Stringers;
import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoList;
import io.purser.agent.template.value.GoMap;
import io.purser.agent.template.value.GoText;
import io.purser.agent.template.value.GoType;
import io.purser.agent.template.value.Kind;
import io.purser.agent.template.value.Values;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sprig's functions on text. */
final class SprigTextFunctions implements FunctionGroup {
    @Override
    public String signatures() {
        return """
                abbrev(width int, text string) string
                abbrevboth(left int, right int, text string) string
                atoi(text string) int
                camelcase(text string) string
                cat(values ...any) string
                contains(part string, text string) bool
                hasPrefix(prefix string, text string) bool
                hasSuffix(suffix string, text string) bool
                hello() string
                indent(spaces int, text string) string
                initials(text string) string
                join(separator string, list any) string
                kebabcase(text string) string
                lower(text string) string
                nindent(spaces int, text string) string
                nospace(text string) string
                plural(one string, many string, count int) string
                quote(values ...any) string
                repeat(count int, text string) string
                replace(old string, new string, text string) string
                snakecase(text string) string
                sortAlpha(list any) []string
                split(separator string, text string) map[string]string
                splitList(separator string, text string) []string
                splitn(separator string, count int, text string) map[string]string
                squote(values ...any) string
                substr(start int, end int, text string) string
                swapcase(text string) string
                title(text string) string
                toString(value any) string
                toStrings(list any) []string
                trim(text string) string
                trimAll(characters string, text string) string
                trimPrefix(prefix string, text string) string
                trimSuffix(suffix string, text string) string
                trimall(characters string, text string) string
                trunc(count int, text string) string
                untitle(text string) string
                upper(text string) string
                wrap(width int, text string) string
                wrapWith(width int, separator string, text string) string
                """;
    }

    @Override
    public @Nullable Object call(String name, Arguments a, Session session) {
        return switch (name) {
            case "abbrev" -> Abbreviation.abbreviate(a.text(1), 0, a.integer(0));
            case "abbrevboth" -> Abbreviation.both(a.text(2), a.integer(0), a.integer(1));
            case "atoi" -> atoi(a.text(0));
            case "camelcase" -> WordCases.pascal(a.text(0));
            case "cat" -> cat(a.all());
            case "contains" -> a.text(1).contains(a.text(0));
            case "hasPrefix" -> a.text(1).startsWith(a.text(0));
            case "hasSuffix" -> a.text(1).endsWith(a.text(0));
            case "hello" -> "Hello!";
            case "indent" -> indent(a.count(0), a.text(1));
            case "initials" -> WordCases.initials(a.text(0));
            case "join" -> String.join(a.text(0), strings(a.any(1)).strings());
            case "kebabcase" -> WordCases.joined(a.text(0), '-');
            case "lower" -> Cases.lower(a.text(0));
            case "nindent" -> "\n" + indent(a.count(0), a.text(1));
            case "nospace" -> WordCases.withoutBlanks(a.text(0));
            case "plural" -> a.integer(2) == 1 ? a.text(0) : a.text(1);
            case "quote" -> joined(a.all(), value -> Quoting.quote(string(value)));
            case "repeat" -> Texts.repeat(a.text(1), a.count(0));
            case "replace" -> Texts.replace(a.text(2), a.text(0), a.text(1));
            case "snakecase" -> WordCases.joined(a.text(0), '_');
            default -> callMore(name, a);
        };
    }

    private static Object callMore(String name, Arguments a) {
        return switch (name) {
            case "sortAlpha" -> sortAlpha(a.any(0));
            case "split" -> numbered(Texts.split(a.text(1), a.text(0), -1));
            case "splitList" -> GoList.ofStrings(Texts.split(a.text(1), a.text(0), -1));
            case "splitn" -> numbered(Texts.split(a.text(2), a.text(0), a.count(1)));
            case "squote" -> joined(a.all(), value -> "'" + Printer.text(value) + "'");
            case "substr" -> substring(a.integer(0), a.integer(1), a.text(2));
            case "swapcase" -> WordCases.swap(a.text(0));
            case "title" -> Cases.title(a.text(0));
            case "toString" -> string(a.any(0));
            case "toStrings" -> strings(a.any(0));
            case "trim" -> Texts.trimSpace(a.text(0));
            case "trimAll", "trimall" -> Texts.trim(a.text(1), a.text(0));
            case "trimPrefix" -> Texts.trimPrefix(a.text(1), a.text(0));
            case "trimSuffix" -> Texts.trimSuffix(a.text(1), a.text(0));
            case "trunc" -> truncate(a.integer(0), a.text(1));
            case "untitle" -> WordCases.uncapitalize(a.text(0));
            case "upper" -> Cases.upper(a.text(0));
            case "wrap" -> Wrapping.wrap(a.text(1), a.integer(0), "\n", false);
            case "wrapWith" -> Wrapping.wrap(a.text(2), a.integer(0), a.text(1), true);
            default -> throw new FunctionException("it cannot be called this way");
        };
    }

    private static long atoi(String text) {
        if (!text.matches("[+-]?[0-9]+")) {
            return 0;
        }
        BigInteger value = new BigInteger(text);
        return value.bitLength() <= 63 ? value.longValue() : value.signum() > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    }

    private static String cat(List<@Nullable Object> values) {
        return values.stream().filter(Objects::nonNull).map(Printer::text).collect(Collectors.joining(" "));
    }

    private static String joined(List<@Nullable Object> values, java.util.function.Function<Object, String> each) {
        return values.stream().filter(Objects::nonNull).map(each).collect(Collectors.joining(" "));
    }

    private static String indent(int spaces, String text) {
        String pad = Texts.repeat(" ", spaces);
        return pad + Texts.replace(text, "\n", "\n" + pad);
    }

    /** Text as it is, anything else as it prints. */
    static String string(@Nullable Object value) {
        if (value instanceof GoList list && list.type() == GoType.BYTES) {
            byte[] bytes = new byte[list.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) Values.integer(list.items().get(i));
            }
            return GoText.of(bytes);
        }
        String text = value == null ? null : Stringers.text(value);
        return value instanceof String plain ? plain : text == null ? Printer.text(value) : text;
    }

    /** The items as text, nothing left out but nil; one value makes a list of one. */
    static GoList strings(@Nullable Object value) {
        if (value == null) {
            return GoList.ofStrings(List.of());
        }
        if (!(value instanceof GoList list)) {
            return GoList.ofStrings(List.of(string(value)));
        }
        if (list.type() == GoType.STRINGS) {
            return list;
        }
        return GoList.ofStrings(list.items().stream()
                .filter(Objects::nonNull)
                .map(SprigTextFunctions::string)
                .toList());
    }

    private static GoList sortAlpha(@Nullable Object value) {
        if (Values.kind(value) != Kind.SLICE) {
            return GoList.ofStrings(List.of(string(value)));
        }
        List<String> sorted = new ArrayList<>(strings(value).strings());
        sorted.sort(GoText::compare);
        return GoList.ofStrings(sorted);
    }

    private static GoMap numbered(List<String> parts) {
        GoMap map = GoMap.create(GoType.STRING_MAP);
        for (int i = 0; i < parts.size(); i++) {
            map.put("_" + i, parts.get(i));
        }
        return map;
    }

    private static String substring(long start, long end, String text) {
        int length = GoText.length(text);
        long from = start < 0 ? 0 : start;
        long to = start < 0 ? end : end < 0 || end > length ? length : end;
        if (from > to || to > length) {
            throw new FunctionException("the bounds do not fit the text");
        }
        return GoText.slice(text, (int) from, (int) to);
    }

    private static String truncate(long count, String text) {
        int length = GoText.length(text);
        if (count < 0 && length + count > 0) {
            return GoText.slice(text, (int) (length + count), length);
        }
        return count >= 0 && length > count ? GoText.slice(text, 0, (int) count) : text;
    }
}
