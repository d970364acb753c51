package io.purser.webhook.pod;

import org.jspecify.annotations.Nullable;

/**
 * An environment variable of a container.
 *
 * @param name its name
 * @param value its literal value, or null where it comes from elsewhere
 */
public record EnvVar(String name, @Nullable String value) {}
