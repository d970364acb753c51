package io.purser.agent.lease;

/**
 * A text that must not be seen: it never prints itself.
 *
 * @param text the secret, for requests to the store and the state file only
 */
public record SecretValue(String text) {

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
