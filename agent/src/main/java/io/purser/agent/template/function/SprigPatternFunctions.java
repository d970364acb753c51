package io.purser.agent.template.function;

import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoList;
import io.purser.agent.template.value.GoType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sprig's regular expressions and semantic versions. */
final class SprigPatternFunctions implements FunctionGroup {
    @Override
    public String signatures() {
        return """
                mustRegexFind(pattern string, text string) string
                mustRegexFindAll(pattern string, text string, count int) []string
                mustRegexMatch(pattern string, text string) bool
                mustRegexReplaceAll(pattern string, text string, replacement string) string
                mustRegexReplaceAllLiteral(pattern string, text string, replacement string) string
                mustRegexSplit(pattern string, text string, count int) []string
                regexFind(pattern string, text string) string
                regexFindAll(pattern string, text string, count int) []string
                regexMatch(pattern string, text string) bool
                regexQuoteMeta(text string) string
                regexReplaceAll(pattern string, text string, replacement string) string
                regexReplaceAllLiteral(pattern string, text string, replacement string) string
                regexSplit(pattern string, text string, count int) []string
                semver(version string) version
                semverCompare(constraint string, version string) bool
                """;
    }

    @Override
    public @Nullable Object call(String name, Arguments a, Session session) {
        return switch (name) {
            case "regexFind", "mustRegexFind" -> Patterns.find(a.text(0), a.text(1));
            case "regexFindAll", "mustRegexFindAll" -> found(Patterns.findAll(a.text(0), a.text(1), a.count(2)));
            case "regexMatch" -> Patterns.isValid(a.text(0)) && Patterns.matches(a.text(0), a.text(1));
            case "mustRegexMatch" -> Patterns.matches(a.text(0), a.text(1));
            case "regexQuoteMeta" -> quoteMeta(a.text(0));
            case "regexReplaceAll", "mustRegexReplaceAll" -> Patterns.replaceAll(a.text(0), a.text(1), a.text(2));
            case "regexReplaceAllLiteral", "mustRegexReplaceAllLiteral" ->
                Patterns.replaceAllLiteral(a.text(0), a.text(1), a.text(2));
            case "regexSplit", "mustRegexSplit" -> split(a);
            case "semver" -> SemanticVersion.parse(a.text(0));
            case "semverCompare" -> VersionConstraint.allows(a.text(0), SemanticVersion.parse(a.text(1)));
            default -> throw new FunctionException("it cannot be called this way");
        };
    }

    private static GoList found(List<String> matches) {
        return matches.isEmpty() ? GoList.nil(GoType.STRINGS) : GoList.ofStrings(matches);
    }

    private static GoList split(Arguments a) {
        List<String> parts = Patterns.split(a.text(0), a.text(1), a.count(2));
        return a.integer(2) == 0 ? GoList.nil(GoType.STRINGS) : GoList.ofStrings(parts);
    }

    private static String quoteMeta(String text) {
        StringBuilder quoted = new StringBuilder();
        text.chars().forEach(c -> quoted.append("\\.+*?()|[]{}^$".indexOf(c) >= 0 ? "\\" : "")
                .append((char) c));
        return quoted.toString();
    }
}
