package io.purser.webhook.plan;

import io.purser.webhook.pod.PodSnapshot;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.AnnotationSet;
import io.purser.webhook.policy.Domain;
import io.purser.webhook.policy.Findings;
import io.purser.webhook.policy.Policy;
import io.purser.webhook.policy.Quantity;
import io.purser.webhook.policy.Setting;
import io.purser.webhook.policy.Settings;
import io.purser.webhook.policy.Values;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pod that asks for secrets, with all that bears on the answer. Its readers note a bad value as a violation and go on
 * with the default, so that all bad values are found at once.
 *
 * @param pod the pod
 * @param annotations its annotations
 * @param admission the request around it
 * @param policy the operator's, with the settings that hold under it
 * @param added annotations that the policy adds to the pod's own
 * @param domain of the annotation that asks for the injection: a peer's means that the pod was written for its injector
 * @param findings where everything wrong is noted
 */
record PodRequest(
        PodSnapshot pod,
        AnnotationSet annotations,
        Admission admission,
        Policy policy,
        Map<String, String> added,
        Domain domain,
        Findings findings) {

    private static final Pattern DECIMAL = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");

    Settings settings() {
        return policy.settings();
    }

    /** What the placeholders of policies stand for. */
    Map<String, String> placeholders() {
        return placeholders(pod, admission);
    }

    static Map<String, String> placeholders(PodSnapshot pod, Admission admission) {
        return Map.of("namespace", admission.namespace(), "serviceaccount", pod.serviceAccount());
    }

    /** Whether the pod was written for the peer's injector. */
    boolean peer() {
        return domain.isPeer();
    }

    /** What a message calls an annotation. */
    String nameOf(Annotation annotation) {
        return annotations.nameOf(annotation, domain);
    }

    void violation(Annotation annotation, String wrong, String right) {
        findings.violation(nameOf(annotation), wrong, right);
    }

    void violation(Setting setting, String wrong, String right) {
        findings.violation(setting.annotation(), wrong, right);
    }

    void warning(String sentence) {
        findings.warning(sentence);
    }

    @Nullable
    Setting setting(Annotation annotation) {
        return annotations.get(annotation);
    }

    boolean has(Annotation annotation) {
        return annotations.get(annotation) != null;
    }

    /** The pod's text, or the fallback where it gives none; an empty text is a text. */
    String text(Annotation annotation, String fallback) {
        Setting setting = annotations.get(annotation);
        return setting == null ? fallback : setting.value();
    }

    /** The pod's text, or null where it gives none or an empty one. */
    @Nullable
    String textOrNull(Annotation annotation) {
        Setting setting = annotations.get(annotation);
        return setting == null || setting.value().isEmpty() ? null : setting.value();
    }

    boolean bool(Annotation annotation, boolean fallback) {
        return bool(annotations.get(annotation), fallback);
    }

    boolean bool(@Nullable Setting setting, boolean fallback) {
        if (setting == null) {
            return fallback;
        }
        Boolean value = Values.bool(setting.value());
        if (value == null) {
            violation(setting, quoted(setting) + " is not a boolean", "give true or false");
            return fallback;
        }
        return value;
    }

    /** The pod's duration; null where it is empty, and where neither pod nor fallback says anything. */
    @Nullable
    Duration duration(Annotation annotation, @Nullable Duration fallback) {
        Setting setting = annotations.get(annotation);
        if (setting == null) {
            return fallback;
        }
        if (setting.value().isEmpty()) {
            return null;
        }
        Duration value = Values.duration(setting.value());
        if (value == null || value.isNegative()) {
            violation(setting, quoted(setting) + " is not a duration", "give one such as 30s, 5m or 1h30m");
            return fallback;
        }
        return value.isZero() ? null : value;
    }

    /** The same, and as Vault reads it: a number without a unit is a number of seconds. */
    @Nullable
    Duration durationOrSeconds(Annotation annotation, @Nullable Duration fallback) {
        Setting setting = annotations.get(annotation);
        Long seconds = setting == null ? null : Values.integer(setting.value());
        if (seconds == null || seconds < 0 || seconds > Integer.MAX_VALUE) {
            return duration(annotation, fallback);
        }
        return seconds == 0 ? null : Duration.ofSeconds(seconds);
    }

    /** The pod's whole number; null where it is empty, and where neither pod nor fallback says anything. */
    @Nullable
    Long number(Annotation annotation, @Nullable Long fallback, Range range) {
        Setting setting = annotations.get(annotation);
        if (setting == null) {
            return fallback;
        }
        if (setting.value().isEmpty()) {
            return null;
        }
        Long value = Values.integer(setting.value());
        if (value == null || value < range.least() || value > range.most()) {
            violation(setting, quoted(setting) + " is not " + range.what(), "give " + range.what() + " " + range);
            return fallback;
        }
        return value;
    }

    /** The pod's decimal number above 0 and at most 1; null for 0, which is the same as unset. */
    @Nullable
    Double share(Annotation annotation, @Nullable Double fallback) {
        Setting setting = annotations.get(annotation);
        if (setting == null) {
            return fallback;
        }
        if (DECIMAL.matcher(setting.value()).matches()) {
            double value = Double.parseDouble(setting.value());
            if (value >= 0 && value <= 1) {
                return value == 0 ? null : (Double) value;
            }
        }
        violation(setting, quoted(setting) + " is not a share of a lease", "give a number above 0 and at most 1");
        return fallback;
    }

    /** The pod's quantity; null where it is empty, and where neither pod nor fallback says anything. */
    @Nullable
    Quantity quantity(Annotation annotation, @Nullable Quantity fallback) {
        Setting setting = annotations.get(annotation);
        if (setting == null) {
            return fallback;
        }
        if (setting.value().isEmpty()) {
            return null;
        }
        Quantity value = Quantity.parse(setting.value());
        if (value == null || value.value().signum() < 0) {
            violation(setting, quoted(setting) + " is not a quantity", "give one such as 250m, 64Mi or 1Gi");
            return fallback;
        }
        return value;
    }

    /** An absolute path of one file or folder, without its slash at the end; null where there is none or an empty one. */
    @Nullable
    String path(Annotation annotation) {
        Setting setting = annotations.get(annotation);
        if (setting == null || setting.value().isEmpty()) {
            return null;
        }
        String problem = Paths.problem(setting.value());
        if (problem != null) {
            violation(setting, quoted(setting) + " " + problem, "give an absolute path in the agent's container");
            return null;
        }
        return Paths.clean(setting.value());
    }

    static String quoted(Setting setting) {
        return quoted(setting.value());
    }

    /** The value in quotation marks, shortened so that a message stays one line. */
    static String quoted(String value) {
        String line = value.replace("\n", "\\n");
        return "\"" + (line.length() > 60 ? line.substring(0, 57) + "..." : line) + "\"";
    }

    /** Which whole numbers are right. */
    record Range(String what, long least, long most) {

        static final Range PORT = new Range("a port", 1, 65535);
        static final Range ID = new Range("an id", 0, Integer.MAX_VALUE);
        static final Range COUNT = new Range("a whole number", 0, Integer.MAX_VALUE);

        @Override
        public String toString() {
            return "from " + least + " to " + most;
        }
    }
}
