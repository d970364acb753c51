package io.purser.webhook.policy;

import java.util.List;

/** The built-in formats of the agent, for secrets without a template. */
public final class Formats {

    /** Formats of a whole secret. */
    public static final List<String> WITHOUT_FIELD = List.of("json", "yaml", "env", "properties", "map");

    /** The format of one field of a secret, named after {@code #} in the secret's path. */
    public static final String RAW = "raw";

    private Formats() {}
}
