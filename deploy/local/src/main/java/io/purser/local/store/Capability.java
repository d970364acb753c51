package io.purser.local.store;

import java.util.Locale;

/** What a policy can allow on a path. */
enum Capability {
    CREATE,
    READ,
    UPDATE,
    DELETE,
    LIST,
    PATCH,
    SUDO,
    SCAN,
    DENY;

    static Capability of(String path, String name) {
        try {
            return valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new Refusal(
                    400, "failed to parse policy: path \"" + path + "\": invalid capability \"" + name + "\"");
        }
    }
}
