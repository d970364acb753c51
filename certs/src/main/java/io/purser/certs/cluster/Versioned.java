package io.purser.certs.cluster;

import org.jspecify.annotations.Nullable;

/**
 * Something read, with what a write needs to be refused when it has changed meanwhile.
 *
 * @param value what was read; null when it is not there, or not readable
 * @param resourceVersion the object's version; null when there is no object
 */
public record Versioned<T>(@Nullable T value, @Nullable String resourceVersion) {}
