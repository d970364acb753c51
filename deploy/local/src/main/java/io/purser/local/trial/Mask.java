package io.purser.local.trial;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides secrets in what programs print: the values that the store has given out and those that were seen in rendered files,
 * also in the usual encodings. Safe for use by several threads.
 */
final class Mask {

    private static final int SHORT = 8;

    private final Supplier<Set<String>> given;
    private final Set<String> seen = new LinkedHashSet<>();

    /**
     * Makes a mask.
     *
     * @param given the values that the store has given out so far
     */
    Mask(Supplier<Set<String>> given) {
        this.given = given;
    }

    /** Hides this value from now on. */
    synchronized void learn(String value) {
        if (!value.isBlank()) {
            seen.add(value);
        }
    }

    /** The text with every known value hidden. */
    synchronized String hide(String text) {
        String masked = text;
        for (String value : forms()) {
            if (value.length() >= SHORT) {
                masked = masked.replace(value, FileMask.HIDDEN);
            } else {
                masked = Pattern.compile("(?<!\\w)" + Pattern.quote(value) + "(?!\\w)")
                        .matcher(masked)
                        .replaceAll(Matcher.quoteReplacement(FileMask.HIDDEN));
            }
        }
        return masked;
    }

    /** Every value and its encodings, the longest first, so that none leaves a part of another. */
    private List<String> forms() {
        Set<String> forms = new LinkedHashSet<>(seen);
        for (String value : given.get()) {
            forms.add(value);
            value.lines().filter(line -> line.length() >= SHORT).forEach(forms::add);
            if (value.length() >= 4) {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                forms.add(Base64.getEncoder().encodeToString(bytes));
                forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
                forms.add(HexFormat.of().formatHex(bytes));
                forms.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
                forms.add(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
                forms.add(value.replace("'", "'\\''"));
            }
        }
        List<String> sorted = new ArrayList<>(forms);
        sorted.removeIf(String::isBlank);
        sorted.sort(Comparator.comparingInt(String::length).reversed());
        return sorted;
    }
}
