package io.purser.webhook.pod;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A container or init container of the pod.
 *
 * @param name unique in the pod
 * @param index its place in its own list
 * @param mounts its volume mounts
 * @param env its environment variables
 * @param ports the ports that it declares
 * @param resources its requests and limits
 * @param securityContext its own
 * @param restartPolicy {@code Always} for a native sidecar among the init containers, or null
 */
public record Container(
        String name,
        int index,
        List<Mount> mounts,
        List<EnvVar> env,
        List<Integer> ports,
        Resources resources,
        SecurityContext securityContext,
        @Nullable String restartPolicy) {

    /** Whether it is a native sidecar, if it stands among the init containers. */
    public boolean isRestartable() {
        return "Always".equals(restartPolicy);
    }

    /** The mount at that path, or null. Slashes at the end do not matter. */
    public @Nullable Mount mountAt(String path) {
        String wanted = withoutSlash(path);
        for (Mount mount : mounts) {
            if (withoutSlash(mount.path()).equals(wanted)) {
                return mount;
            }
        }
        return null;
    }

    private static String withoutSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
