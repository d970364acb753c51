package io.purser.agent.template.function;

import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoInt;
import io.purser.agent.template.value.Methods;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A semantic version, as Masterminds/semver reads and compares it.
 *
 * @param numbers major, minor and patch
 * @param prerelease what follows the hyphen, or empty
 * @param metadata what follows the plus, or empty
 * @param original as written
 */
record SemanticVersion(List<Long> numbers, String prerelease, String metadata, String original) implements Methods {
    private static final String IDENTIFIERS = "([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)";
    private static final Pattern VERSION = Pattern.compile(
            "v?([0-9]+)(?:\\.([0-9]+))?(?:\\.([0-9]+))?(?:-" + IDENTIFIERS + ")?(?:\\+" + IDENTIFIERS + ")?");

    static SemanticVersion parse(String text) {
        Matcher matcher = VERSION.matcher(text);
        if (!matcher.matches()) {
            throw new FunctionException("the text is no semantic version");
        }
        String prerelease = orEmpty(matcher.group(4));
        for (String part : prerelease.split("\\.", -1)) {
            if (part.matches("0[0-9]+")) {
                throw new FunctionException("a part of the prerelease starts with 0");
            }
        }
        List<Long> numbers = List.of(number(matcher.group(1)), number(matcher.group(2)), number(matcher.group(3)));
        return new SemanticVersion(numbers, prerelease, orEmpty(matcher.group(5)), text);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static long number(@Nullable String digits) {
        BigInteger value = new BigInteger(digits == null ? "0" : digits);
        if (value.bitLength() > 63) {
            throw new FunctionException("a number of the version is out of range");
        }
        return value.longValue();
    }

    long major() {
        return numbers.get(0);
    }

    long minor() {
        return numbers.get(1);
    }

    long patch() {
        return numbers.get(2);
    }

    /** Negative, zero or positive; metadata does not count. */
    int compare(SemanticVersion other) {
        for (int i = 0; i < 3; i++) {
            int byNumber = Long.compare(numbers.get(i), other.numbers.get(i));
            if (byNumber != 0) {
                return byNumber;
            }
        }
        if (prerelease.isEmpty() || other.prerelease.isEmpty()) {
            return Boolean.compare(prerelease.isEmpty(), other.prerelease.isEmpty());
        }
        return comparePrerelease(prerelease, other.prerelease);
    }

    static int comparePrerelease(String a, String b) {
        String[] left = a.split("\\.", -1);
        String[] right = b.split("\\.", -1);
        for (int i = 0; i < Math.max(left.length, right.length); i++) {
            int byPart = comparePart(i < left.length ? left[i] : "", i < right.length ? right[i] : "");
            if (byPart != 0) {
                return byPart;
            }
        }
        return 0;
    }

    private static int comparePart(String a, String b) {
        boolean aNumber = a.matches("[0-9]+");
        boolean bNumber = b.matches("[0-9]+");
        if (aNumber && bNumber) {
            return new BigInteger(a).compareTo(new BigInteger(b));
        }
        if (a.isEmpty() || b.isEmpty() || aNumber == bNumber) {
            return a.compareTo(b);
        }
        return aNumber ? -1 : 1;
    }

    @Override
    public @Nullable String signature(String method) {
        return switch (method) {
            case "Major",
                    "Minor",
                    "Patch",
                    "Prerelease",
                    "Metadata",
                    "Original",
                    "String",
                    "IncMajor",
                    "IncMinor",
                    "IncPatch" -> method + "() any";
            case "SetPrerelease", "SetMetadata" -> method + "(text string) any";
            case "Compare", "Equal", "LessThan", "GreaterThan", "LessThanEqual", "GreaterThanEqual" ->
                method + "(other version) any";
            default -> null;
        };
    }

    @Override
    public @Nullable Object invoke(String method, List<@Nullable Object> a) {
        return switch (method) {
            case "Major" -> GoInt.uint64(major());
            case "Minor" -> GoInt.uint64(minor());
            case "Patch" -> GoInt.uint64(patch());
            case "Prerelease" -> prerelease;
            case "Metadata" -> metadata;
            case "Original" -> original;
            case "IncMajor" -> next(List.of(major() + 1, 0L, 0L));
            case "IncMinor" -> next(List.of(major(), minor() + 1, 0L));
            case "IncPatch" -> next(List.of(major(), minor(), patch() + (prerelease.isEmpty() ? 1 : 0)));
            case "SetPrerelease" -> parse(with(String.valueOf(a.get(0)), metadata));
            case "SetMetadata" -> parse(with(prerelease, String.valueOf(a.get(0))));
            case "String" -> string();
            default -> compared(method, compare((SemanticVersion) Objects.requireNonNull(a.get(0))));
        };
    }

    private static Object compared(String method, int order) {
        return switch (method) {
            case "Compare" -> (long) Integer.signum(order);
            case "Equal" -> order == 0;
            case "LessThan" -> order < 0;
            case "GreaterThan" -> order > 0;
            case "LessThanEqual" -> order <= 0;
            default -> order >= 0;
        };
    }

    private SemanticVersion next(List<Long> next) {
        String text = next.get(0) + "." + next.get(1) + "." + next.get(2);
        return new SemanticVersion(next, "", "", (original.startsWith("v") ? "v" : "") + text);
    }

    private String with(String newPrerelease, String newMetadata) {
        return (original.startsWith("v") ? "v" : "") + major() + "." + minor() + "." + patch()
                + (newPrerelease.isEmpty() ? "" : "-" + newPrerelease)
                + (newMetadata.isEmpty() ? "" : "+" + newMetadata);
    }

    @Override
    public String goType() {
        return "*semver.Version";
    }

    @Override
    public String string() {
        String text = with(prerelease, metadata);
        return text.startsWith("v") ? text.substring(1) : text;
    }
}
