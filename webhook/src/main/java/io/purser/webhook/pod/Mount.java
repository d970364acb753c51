package io.purser.webhook.pod;

import org.jspecify.annotations.Nullable;

/**
 * A volume mount, with every field that the API knows, so that a copy of it is the same mount.
 *
 * @param volume the volume's name
 * @param path where it is mounted
 * @param readOnly whether the container may only read
 * @param subPath folder of the volume, or null
 * @param subPathExpr the same with variables, or null
 * @param propagation mount propagation, or null
 * @param recursiveReadOnly as the API has it, or null
 */
public record Mount(
        String volume,
        String path,
        boolean readOnly,
        @Nullable String subPath,
        @Nullable String subPathExpr,
        @Nullable String propagation,
        @Nullable String recursiveReadOnly) {}
