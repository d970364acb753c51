package io.purser.agent.lease;

import org.jspecify.annotations.Nullable;

/**
 * A text that must not be seen: it never prints itself. Its equality is written out, for a record's is spun at its first use, which costs the agent a
 * twentieth of its start.
 *
 * @param text the secret, for requests to the store and the state file only
 */
public record SecretValue(String text) {

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecretValue value && text.equals(value.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
