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
 * Hides secrets in text that a person sees. Known values are hidden wherever they stand, also in the usual encodings. Of a
 * file whose secrets are not known (a real store's), only what stands in front of the first {@code =} or {@code :} of a
 * line is shown.
 */
final class Mask {

    static final String HIDDEN = "********";

    private static final int SHORT = 8;
    private static final Pattern KEY = Pattern.compile("^(\\s*[\"']?[\\w.-]+[\"']?\\s*[=:]\\s*)(.+)$");

    private final Supplier<Set<String>> known;

    /**
     * Makes a mask.
     *
     * @param known the values that are secret at the moment of asking
     */
    Mask(Supplier<Set<String>> known) {
        this.known = known;
    }

    /** The text with every known value hidden. */
    String known(String text) {
        String masked = text;
        for (String value : forms()) {
            if (value.length() >= SHORT) {
                masked = masked.replace(value, HIDDEN);
            } else {
                masked = Pattern.compile("(?<![\\w])" + Pattern.quote(value) + "(?![\\w])")
                        .matcher(masked)
                        .replaceAll(Matcher.quoteReplacement(HIDDEN));
            }
        }
        return masked;
    }

    /** The text with everything hidden that could be a value. */
    static String everything(String text) {
        StringBuilder masked = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            Matcher key = KEY.matcher(line);
            if (masked.length() > 0) {
                masked.append('\n');
            }
            if (key.matches()) {
                masked.append(key.group(1)).append(HIDDEN);
            } else {
                masked.append(line.isBlank() ? line : HIDDEN);
            }
        }
        return masked.toString();
    }

    /** Every value and its encodings, the longest first, so that none leaves a part of another. */
    private List<String> forms() {
        Set<String> forms = new LinkedHashSet<>();
        for (String value : known.get()) {
            if (value.isEmpty()) {
                continue;
            }
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            forms.add(value);
            value.lines().filter(line -> line.length() >= SHORT).forEach(forms::add);
            if (value.length() >= 4) {
                forms.add(Base64.getEncoder().encodeToString(bytes));
                forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
                forms.add(HexFormat.of().formatHex(bytes));
                forms.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
                forms.add(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
            }
        }
        List<String> sorted = new ArrayList<>(forms);
        sorted.sort(Comparator.comparingInt(String::length).reversed());
        return sorted;
    }
}
