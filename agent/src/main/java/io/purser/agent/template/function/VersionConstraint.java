package io.purser.agent.template.function;

import io.purser.agent.template.value.FunctionException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One condition on a version, such as {@code >=1.2} or {@code ~1.x}, as Masterminds/semver reads it. */
final class VersionConstraint {
    private static final String NUMBER = "[0-9|xX*]+";
    private static final String IDENTIFIERS = "[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*";
    private static final String VERSION = "v?(" + NUMBER + ")(?:\\.(" + NUMBER + "))?(?:\\.(" + NUMBER + "))?(-"
            + IDENTIFIERS + ")?(?:\\+" + IDENTIFIERS + ")?";
    private static final String OPERATOR = "(=|!=|>=|=>|<=|=<|>|<|~>|~|\\^)?";
    private static final String ANY_VERSION =
            VERSION.replace("(" + NUMBER, "(?:" + NUMBER).replace("(-", "(?:-");
    private static final String ANY = "(?:=|!=|>=|=>|<=|=<|>|<|~>|~|\\^)?\\s*" + ANY_VERSION;
    private static final Pattern ONE = Pattern.compile(OPERATOR + "\\s*" + VERSION);
    private static final Pattern ALL = Pattern.compile("\\s*" + ANY + "\\s*(?:(?:\\s+|,\\s*)" + ANY + "\\s*)*");
    private static final Pattern RANGE = Pattern.compile("\\s*(" + ANY_VERSION + ")\\s+-\\s+(" + ANY_VERSION + ")\\s*");

    private final String operator;
    private final SemanticVersion bound;
    private final boolean majorOpen;
    private final boolean minorOpen;
    private final boolean patchOpen;

    private VersionConstraint(Matcher matcher) {
        operator = matcher.group(1) == null ? "" : matcher.group(1);
        majorOpen = isOpen(matcher.group(2));
        minorOpen = !majorOpen && isOpen(matcher.group(3));
        patchOpen = !majorOpen && !minorOpen && isOpen(matcher.group(4));
        String numbers = majorOpen
                ? "0.0.0"
                : minorOpen
                        ? matcher.group(2) + ".0.0"
                        : matcher.group(2) + "." + matcher.group(3) + "." + (patchOpen ? "0" : matcher.group(4));
        bound = SemanticVersion.parse(numbers + (matcher.group(5) == null ? "" : matcher.group(5)));
    }

    /** Whether the version meets the conditions: alternatives by {@code ||}, each a list that must hold whole. */
    static boolean allows(String constraint, SemanticVersion version) {
        List<List<VersionConstraint>> alternatives = new ArrayList<>();
        for (String alternative :
                RANGE.matcher(constraint).replaceAll(">= $1, <= $2 ").split("\\|\\|", -1)) {
            alternatives.add(conditions(alternative));
        }
        return alternatives.stream().anyMatch(all -> all.stream().allMatch(one -> one.check(version)));
    }

    private static List<VersionConstraint> conditions(String text) {
        if (!ALL.matcher(text).matches()) {
            throw new FunctionException("the version constraint cannot be read");
        }
        List<VersionConstraint> conditions = new ArrayList<>();
        Matcher matcher = ONE.matcher(text);
        while (matcher.find()) {
            conditions.add(new VersionConstraint(matcher));
        }
        return conditions;
    }

    private static boolean isOpen(@Nullable String number) {
        return number == null || number.equals("x") || number.equals("X") || number.equals("*");
    }

    private boolean isOpen() {
        return majorOpen || minorOpen || patchOpen;
    }

    private boolean check(SemanticVersion v) {
        if (operator.equals("!=")) {
            return notEqual(v);
        }
        if (!v.prerelease().isEmpty() && bound.prerelease().isEmpty()) {
            return false;
        }
        return switch (operator) {
            case ">" -> greater(v);
            case "<" -> v.compare(bound) < 0;
            case ">=", "=>" -> v.compare(bound) >= 0;
            case "<=", "=<" -> lessOrEqual(v);
            case "~", "~>" -> tilde(v);
            case "^" -> caret(v);
            default -> isOpen() ? tilde(v) : v.compare(bound) == 0;
        };
    }

    private boolean notEqual(SemanticVersion v) {
        if (isOpen()) {
            if (!v.prerelease().isEmpty() && bound.prerelease().isEmpty()) {
                return false;
            }
            if (v.major() != bound.major() || (v.minor() != bound.minor() && !minorOpen)) {
                return true;
            }
            if (minorOpen) {
                return false;
            }
            if (v.patch() != bound.patch() && !patchOpen) {
                return true;
            }
            if (patchOpen) {
                boolean prereleases =
                        !v.prerelease().isEmpty() || !bound.prerelease().isEmpty();
                return prereleases && SemanticVersion.comparePrerelease(v.prerelease(), bound.prerelease()) != 0;
            }
        }
        return v.compare(bound) != 0;
    }

    private boolean greater(SemanticVersion v) {
        if (!isOpen() || v.major() != bound.major()) {
            return isOpen() ? v.major() > bound.major() : v.compare(bound) > 0;
        }
        if (minorOpen) {
            return false;
        }
        return patchOpen ? v.minor() > bound.minor() : v.compare(bound) > 0;
    }

    private boolean lessOrEqual(SemanticVersion v) {
        if (!isOpen()) {
            return v.compare(bound) <= 0;
        }
        return v.major() < bound.major() || (v.major() == bound.major() && (v.minor() <= bound.minor() || minorOpen));
    }

    private boolean tilde(SemanticVersion v) {
        if (v.compare(bound) < 0) {
            return false;
        }
        boolean zero = bound.major() == 0 && bound.minor() == 0 && bound.patch() == 0;
        if (zero && !minorOpen && !patchOpen) {
            return true;
        }
        return v.major() == bound.major() && (v.minor() == bound.minor() || minorOpen);
    }

    private boolean caret(SemanticVersion v) {
        if (v.compare(bound) < 0) {
            return false;
        }
        if (bound.major() > 0 || minorOpen) {
            return v.major() == bound.major();
        }
        if (v.major() > 0) {
            return false;
        }
        if (bound.minor() > 0 || patchOpen) {
            return v.minor() == bound.minor();
        }
        return v.minor() == 0 && v.patch() == bound.patch();
    }
}
