package io.purser.webhook.policy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts of options, read as what they stand for. Everything that is wrong with one is kept, under its flag; what is given back
 * then serves for reading on only.
 */
final class OptionTexts {

    private final Map<Option, String> texts;
    private final Findings findings = new Findings();

    /** An empty text is the same as none. */
    OptionTexts(Map<Option, String> texts) {
        this.texts = texts;
    }

    /** What was found to be wrong so far. */
    List<Violation> violations() {
        return findings.violations();
    }

    /** As it was given, else the default. */
    String text(Option option) {
        String given = texts.get(option);
        return given == null || given.isEmpty() ? option.defaultText() : given;
    }

    @Nullable
    String textOrNull(Option option) {
        String text = text(option);
        return text.isEmpty() ? null : text;
    }

    /** Notes that an option's text is not what it should be: {@code right} completes the sentence "give …". */
    void wrong(Option option, String right) {
        findings.violation("--" + option.flag(), "the value \"" + text(option) + "\" is not valid", "give " + right);
    }

    String oneOf(Option option, List<String> allowed) {
        String text = text(option).toLowerCase(Locale.ROOT);
        if (!allowed.contains(text)) {
            wrong(option, "one of " + String.join(", ", allowed));
            return option.defaultText();
        }
        return text;
    }

    boolean bool(Option option) {
        Boolean value = Values.bool(text(option));
        if (value == null) {
            wrong(option, "true or false");
        }
        return Boolean.TRUE.equals(value);
    }

    long number(Option option, long least, long most) {
        Long value = Values.integer(text(option));
        if (value == null || value < least || value > most) {
            wrong(option, "a whole number from " + least + " to " + most);
            return least;
        }
        return value;
    }

    /** Null when it is unset. */
    @Nullable
    Long id(Option option) {
        return text(option).isEmpty() ? null : (Long) number(option, 0, Integer.MAX_VALUE);
    }

    /** Null when it is unset or zero, which is the same. */
    @Nullable
    Double share(Option option) {
        if (text(option).isEmpty()) {
            return null;
        }
        try {
            double value = Double.parseDouble(text(option));
            if (value == 0) {
                return null;
            }
            if (value > 0 && value <= 1) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // falls through to the same sentence
        }
        wrong(option, "a number above 0 and at most 1, such as 0.9");
        return null;
    }

    /** Null when it is unset or zero, which is the same. */
    @Nullable
    Duration duration(Option option) {
        if (text(option).isEmpty()) {
            return null;
        }
        Duration value = Values.duration(text(option));
        if (value == null || value.isNegative()) {
            wrong(option, "a duration such as 30s or 5m");
            return null;
        }
        return value.isZero() ? null : value;
    }

    /** As Vault reads it: a number without a unit is a number of seconds. */
    @Nullable
    Duration durationOrSeconds(Option option) {
        Long seconds = Values.integer(text(option));
        return seconds == null || seconds < 0 || seconds > Integer.MAX_VALUE
                ? duration(option)
                : seconds == 0 ? null : Duration.ofSeconds(seconds);
    }

    /** Null when it is unset. */
    @Nullable
    Quantity quantity(Option option) {
        if (text(option).isEmpty()) {
            return null;
        }
        Quantity value = Quantity.parse(text(option));
        if (value == null || value.value().signum() < 0) {
            wrong(option, "a quantity such as 250m or 64Mi");
            return null;
        }
        return value;
    }

    /** The URL of a proxy, or an empty text. It may hold a password, so no message shows it. */
    String proxy(Option option) {
        String proxy = Addresses.ofProxy(text(option));
        String problem = proxy.isEmpty() ? null : Addresses.problemOfProxy(proxy);
        if (problem != null) {
            findings.violation(
                    "--" + option.flag(),
                    "the address of the proxy cannot be used: " + problem,
                    "give one such as http://proxy:3128");
        }
        return proxy;
    }

    /** Certificates as PEM, or null when it is unset. */
    @Nullable
    String pem(Option option) {
        String text = text(option);
        if (text.isEmpty()) {
            return null;
        }
        String pem = text.contains("-----BEGIN") ? text : decoded(text);
        if (!pem.contains("-----BEGIN CERTIFICATE-----")) {
            findings.violation("--" + option.flag(), "it holds no certificate", "give PEM, or PEM in base64");
        }
        return pem;
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}
