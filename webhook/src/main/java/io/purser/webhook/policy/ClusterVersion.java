package io.purser.webhook.policy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A cluster's version, for example 1.33, with or without {@code v} and patch level. */
public record ClusterVersion(int major, int minor) {

    /** From here on native sidecars are on by default. */
    public static final ClusterVersion NATIVE_SIDECARS = new ClusterVersion(1, 29);

    /** From here on a container's environment can come from a file of a volume by default. */
    public static final ClusterVersion FILE_KEY_REF = new ClusterVersion(1, 35);

    private static final Pattern FORM = Pattern.compile("v?([0-9]{1,3})\\.([0-9]{1,3})(?:[.+-].*)?");

    /** That version, or null when the text is none. */
    public static @Nullable ClusterVersion parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? new ClusterVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
                : null;
    }

    /** Whether it is that version or a later one. */
    public boolean atLeast(ClusterVersion other) {
        return major > other.major || (major == other.major && minor >= other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
